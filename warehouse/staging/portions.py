"""Gives what is staged to the run in portions: so many documents at a time are settled and committed."""

from collections.abc import Iterator, Sequence

import duckdb
import pyarrow as pa

from copydesk.schemas.staged import REFINED_TABLES, STAGED, STAGING, STATE_TABLES
from copydesk.schemas.table import Table
from copydesk.warehouse.create import sql_type
from copydesk.warehouse.in_transaction import in_transaction
from copydesk.warehouse.quoted import quoted
from copydesk.warehouse.staging.open_staging import Staging
from copydesk.warehouse.staging.shard import Shard, list_shards
from copydesk.warehouse.takedown.bar import bar_portion, is_barred, leave_out_states

PORTION_BYTES = 256 * 2**20
"""A portion is full with so many bytes of arrivals, too, as they are when unpacked."""


def list_portions(staging: Staging, *, documents: int) -> Iterator[list[Shard]]:
    """Yield the shards in portions of about so many documents, oldest first."""
    portion: list[Shard] = []
    count = size = 0
    for shard in list_shards(staging.folder):
        shard_bytes = shard.unpacked_bytes
        if portion and (count + shard.documents_count > documents or size + shard_bytes > PORTION_BYTES):
            yield portion
            portion, count, size = [], 0, 0
        portion.append(shard)
        count += shard.documents_count
        size += shard_bytes
    if portion:
        yield portion


def choose_portion(con: duckdb.DuckDBPyConnection, shards: Sequence[Shard]) -> int:
    """Let the views of `staging` show some shards, and `portion` those of their documents that the run commits.

    Returns how many these are. Call it outside of the run's transaction, which writes to the lake alone.
    """
    with in_transaction(con):
        for name in ("arrivals", *REFINED_TABLES):
            _show(con, STAGED[name], name, [file for shard in shards for file in shard.files(name)])
        for name in STATE_TABLES:
            files = [file for shard in shards for file in shard.files(name)]
            _show(con, STAGED[name], f"portion_{name}", files)
        con.execute(f"delete from {STAGING}.portion")
        con.execute(
            f"insert into {STAGING}.portion select document_id from {STAGING}.arrivals"
            f" semi join {STAGING}.taken using (document_id)"
        )
        bar_portion(con)
        return int(con.execute(f"select count(*) from {STAGING}.portion").fetchall()[0][0])


def count_left(con: duckdb.DuckDBPyConnection, staging: Staging) -> dict[str, int]:
    """Return how many documents wait here for the next run of their source: those of a run that broke off."""
    files = [file for shard in list_shards(staging.folder) for file in shard.files("arrivals")]
    left = f"from read_parquet($files) anti join {STAGING}.taken using (document_id)"
    if not files or not con.execute(f"select document_id {left} limit 1", {"files": files}).fetchall():
        return {}
    counted = (
        f"select source_id, count(*) {left} anti join documents using (document_id)"
        f" where not {is_barred()} group by 1 order by 1"
    )
    return dict(con.execute(counted, {"files": files}).fetchall())


def remove_settled(con: duckdb.DuckDBPyConnection, shards: Sequence[Shard]) -> None:
    """Remove the shards whose documents are committed; those of sources that this run doesn't read stay."""
    files = [file for shard in shards for file in shard.files("arrivals")]
    left = (
        files
        and con.execute(
            "select distinct filename from read_parquet($files, filename = true)"
            f" anti join {STAGING}.portion using (document_id) anti join {STAGING}.known using (document_id)"
            f" anti join {STAGING}.barred using (document_id)",
            {"files": files},
        ).fetchall()
    )
    for shard in shards:
        if not any((file,) in left for file in shard.files("arrivals")):
            shard.remove()


def remove_known(con: duckdb.DuckDBPyConnection, staging: Staging) -> None:
    """Remove the shards whose documents others have committed. Call it before a portion is chosen."""
    remove_settled(con, [shard for shard in list_shards(staging.folder) if shard.files("arrivals")])


def newest_states(con: duckdb.DuckDBPyConnection, name: str, sources: Sequence[str]) -> pa.Table:
    """Return the states of the network that came with a portion, the last of each address, of some sources."""
    key = ", ".join(STAGED[name].key)
    asked = "list_contains($sources, source_id)" if "source_id" in STAGED[name].columns else "true"
    states = con.execute(
        f"from {STAGING}.portion_{name} where {asked}"
        f" qualify row_number() over (partition by {key} order by fetched_at desc nulls last) = 1",
        {"sources": list(sources)} if asked != "true" else {},
    ).to_arrow_table()
    return leave_out_states(con, states)


def _show(con: duckdb.DuckDBPyConnection, table: Table, view: str, files: Sequence[str]) -> None:
    columns = ", ".join(table.columns)
    nulls = ", ".join(f"null::{sql_type(column.type)} as {name}" for name, column in table.columns.items())
    listed = ", ".join(map(quoted, files))
    rows = f"select {columns} from read_parquet([{listed}])" if files else f"select {nulls} where false"
    con.execute(f"create or replace view {STAGING}.{view} as {rows}")
