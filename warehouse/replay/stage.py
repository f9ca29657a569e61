"""Chooses the documents of a replay and gives them to the intake."""

from collections.abc import Iterator
from datetime import datetime

import duckdb
import pyarrow as pa

from schemas.intake import ARRIVALS, INTAKE
from warehouse.create import declare_columns
from warehouse.intake import NAME as INTAKE_NAME

STAGED = """
create or replace temp table staged as
-- one row per document to read again: those asked for, and all others of their articles
with readable as (
    select document_id, article_id, revision_id, outcome, source_id, fetched_at
    from documents
    where payload is not null
        and document_id not in (select document_id from quarantine where step in ('read', 'fetch'))
),
asked as (
    select * from readable
    where ($source is null or source_id = $source) and ($since is null or fetched_at >= $since)
)
select document_id, article_id, revision_id, outcome
from readable
where document_id in (select document_id from asked)
    or article_id in (select article_id from asked where article_id is not null)
"""


def open_scratch(con: duckdb.DuckDBPyConnection) -> None:
    """Attach an intake in memory, for a replay that writes nothing."""
    con.execute(f"attach ':memory:' as {INTAKE_NAME}")
    for name, table in INTAKE.items():
        con.execute(f"create table {INTAKE_NAME}.{name} ({declare_columns(table)})")
    con.execute(f"create table {INTAKE_NAME}.confirmed (document_id varchar)")


def stage(con: duckdb.DuckDBPyConnection, *, source: str | None, since: datetime | None) -> int:
    """Choose the documents to read again; return how many."""
    con.execute(STAGED, {"source": source, "since": since})
    return int(con.execute("select count(*) from staged").fetchall()[0][0])


def staged_documents(con: duckdb.DuckDBPyConnection, rows: int) -> Iterator[pa.Table]:
    """Yield the staged documents as rows of arrivals, `rows` at a time."""
    ids = [row[0] for row in con.execute("select document_id from staged order by 1").fetchall()]
    columns = ", ".join(ARRIVALS.columns)
    for start in range(0, len(ids), rows):
        con.register("chunk", pa.table({"document_id": pa.array(ids[start : start + rows], pa.string())}))
        batch = con.sql(
            f"select {columns} from documents where document_id in (select document_id from chunk)"
            " order by document_id"
        ).to_arrow_table()
        con.unregister("chunk")
        yield batch


def unstage(con: duckdb.DuckDBPyConnection) -> None:
    """Take out of the intake what the replay put there; what an interrupted ingest left stays."""
    for name in ("arrivals", "refined", "refusals", "spans", "pictures", "dates"):
        con.execute(f"delete from {INTAKE_NAME}.{name} where document_id in (select document_id from staged)")
