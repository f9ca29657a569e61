"""Takes documents into the staging folder: those that neither the lake has nor this run."""

from collections.abc import Iterator, Mapping, Sequence

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from copydesk.schemas.staged import ARRIVALS, STAGING
from copydesk.warehouse.in_transaction import in_transaction
from copydesk.warehouse.register_tables import id_table, register_tables
from copydesk.warehouse.staging.open_staging import Staging, remember_states
from copydesk.warehouse.staging.shard import SHARD_BYTES, SHARD_ROWS, Part, Shard, list_shards, write_shard
from copydesk.warehouse.takedown.bar import is_barred, leave_out_barred, leave_out_states

MET = f"""
-- one row per arrival that the lake or this run has; `is_met`: not only taken over
select document_id, true as is_met from {STAGING}.known semi join came using (document_id)
union all
from {STAGING}.taken semi join came using (document_id)
"""


def begin_source(con: duckdb.DuckDBPyConnection, staging: Staging, sources: Sequence[str]) -> list[Part]:
    """Make ready to take in what some sources yield; return what a run that broke off has left of them unrefined.

    What such a run took in counts as taken in by this one: it is not fetched again. Safe to call again.
    """
    with in_transaction(con), register_tables(con, asked_sources=id_table(source_id=sources)):
        con.execute(
            f"insert into {STAGING}.known select document_id from documents"
            " where source_id in (select source_id from asked_sources)"
            f" except (select document_id from {STAGING}.known union all select document_id from {STAGING}.taken)"
        )
        adopted = [shard for shard in list_shards(staging.folder) if _adopt(con, shard)]
    return [part for shard in adopted for part in shard.unrefined(staging.version)]


def store_new(
    con: duckdb.DuckDBPyConnection,
    staging: Staging,
    arrivals: pa.Table,
    refusals: pa.Table,
    states: Mapping[str, pa.Table],
) -> tuple[list[Part], int]:
    """Write a shard of what is new among some arrivals; return what is to be refined, and how many were known.

    Known is what the lake has, and what this run has met before. A document whose bytes, place and carrier's words
    are known is passed over, and so is what was taken down. `refusals` are those among `arrivals` that cannot be
    refined. `states` says what was learned of the network with them.
    """
    came_count = arrivals.num_rows
    arrivals = leave_out_barred(con, arrivals)
    states = {table: leave_out_states(con, rows) for table, rows in states.items()}
    with in_transaction(con), register_tables(con, came=arrivals.select(["document_id"])):
        met = con.execute(MET).to_arrow_table()
        met_first_count = met.filter(~pc.field("is_met")).num_rows
        known_count = came_count - arrivals.num_rows + met.num_rows - met_first_count
        if met_first_count:
            con.execute(f"update {STAGING}.taken set is_met = true where document_id in (from came)")
        new = arrivals.filter(pc.invert(pc.is_in(arrivals["document_id"], value_set=met["document_id"])))
        is_refused = pc.is_in(new["document_id"], value_set=refusals["document_id"])
        ordered = pa.concat_tables([new.filter(pc.invert(is_refused)), new.filter(is_refused)])
        if not new.num_rows and not any(rows.num_rows for rows in states.values()):
            return [], known_count
        shard = write_shard(
            staging.folder,
            arrivals=ordered,
            refusals=refusals.filter(pc.is_in(refusals["document_id"], value_set=new["document_id"])),
            states=states,
        )
        con.execute(
            f"insert into {STAGING}.taken select document_id, true from came anti join {STAGING}.known"
            f" using (document_id) anti join {STAGING}.taken using (document_id)"
        )
        for table, rows in states.items():
            if not rows.num_rows:
                continue
            with register_tables(con, states=rows):
                remember_states(con, table, "from states")
        return shard.unrefined(staging.version), known_count


def take_from_lake(con: duckdb.DuckDBPyConnection, staging: Staging, chosen: str) -> Iterator[Part]:
    """Write shards of the documents of the lake that a table names, to be settled anew; yield what is to be refined."""
    for documents in _read_documents(con, chosen):
        shard = write_shard(staging.folder, arrivals=documents, is_from_lake=True)
        with in_transaction(con), register_tables(con, again=documents.select(["document_id"])):
            con.execute(f"insert into {STAGING}.taken select document_id, false from again")
            con.execute(f"delete from {STAGING}.known where document_id in (select document_id from again)")
        yield from shard.unrefined(staging.version)


def lake_shards(staging: Staging) -> list[Shard]:
    """Return the shards that this run has read from the lake."""
    return [shard for shard in list_shards(staging.folder) if shard.is_from_lake]


def remove_lake_shards(con: duckdb.DuckDBPyConnection, staging: Staging) -> None:
    """Remove what was read from the lake, once it is settled or only compared."""
    for shard in lake_shards(staging):
        shard.remove()
    con.execute(f"delete from {STAGING}.taken")


def count_taken(con: duckdb.DuckDBPyConnection) -> int:
    """Return how many documents this run has to commit."""
    return int(con.execute(f"select count(*) from {STAGING}.taken").fetchall()[0][0])


def pass_over_committed(con: duckdb.DuckDBPyConnection) -> tuple[int, int]:
    """Take what others have committed meanwhile for known; return how many this run had met, and was to try again.

    What is tried again stands in the lake, in quarantine: another's try is none of ours unless it succeeded.
    """
    con.execute(
        f"create or replace temp table committed as select document_id, is_met from {STAGING}.taken"
        " semi join documents using (document_id) where document_id not in"
        " (select document_id from retried semi join documents_in_quarantine using (document_id))"
    )
    met_count, retried_count = con.execute(
        "select count(*) filter (is_met), count(*) filter (document_id in (from retried)) from committed"
    ).fetchall()[0]
    con.execute(f"insert into {STAGING}.known select document_id from committed")
    gone = "where document_id in (select document_id from committed)"
    con.execute(f"delete from {STAGING}.taken {gone}")
    con.execute(f"delete from retried {gone}")
    return met_count, retried_count


def _adopt(con: duckdb.DuckDBPyConnection, shard: Shard) -> bool:
    """Take over a shard's documents of the asked sources; return whether there are any.

    A shard whose documents the lake has goes: the run that brought them died before it could remove it.
    """
    if shard.is_from_lake or not (files := shard.files("arrivals")):
        return False
    con.execute(
        f"""
        create or replace temp table left_over as
        -- one row per document of the shard; what is tried again in this run is stored, and taken all the same
        select
            document_id,
            asked_sources.source_id is not null as is_asked,
            taken.document_id is not null as is_taken,
            (documents.document_id is not null or arrivals.is_barred) and taken.document_id is null as is_stored
        from (select *, {is_barred()} as is_barred from read_parquet($files)) as arrivals
        left join asked_sources using (source_id)
        left join {STAGING}.taken as taken using (document_id)
        left join documents using (document_id)
        """,
        {"files": files},
    )
    con.execute(
        f"insert into {STAGING}.taken select document_id, false as is_met from left_over"
        " where is_asked and not is_taken and not is_stored"
    )
    of_all, asked_count = con.execute(
        "select bool_and(is_stored), count(*) filter (is_asked and not is_stored) from left_over"
    ).fetchall()[0]
    if of_all:
        shard.remove()
    return bool(asked_count)


def _read_documents(con: duckdb.DuckDBPyConnection, chosen: str) -> Iterator[pa.Table]:
    """Yield documents of the lake as they once arrived."""
    listed = con.execute(
        f"select document_id, payload_bytes from documents semi join {chosen} using (document_id) order by 1"
    ).fetchall()
    chunk: list[str] = []
    size = 0
    for document_id, payload_bytes in listed:
        if chunk and (len(chunk) >= SHARD_ROWS or size + payload_bytes > SHARD_BYTES):
            yield _read(con, chunk)
            chunk, size = [], 0
        chunk.append(document_id)
        size += payload_bytes
    if chunk:
        yield _read(con, chunk)


def _read(con: duckdb.DuckDBPyConnection, document_ids: list[str]) -> pa.Table:
    with register_tables(con, chunk=id_table(document_id=document_ids)):
        columns = ", ".join(ARRIVALS.columns)
        return con.sql(
            f"select {columns} from documents where document_id in (select document_id from chunk) order by document_id"
        ).to_arrow_table()
