"""Writes intervals that a story gave, and keeps what the text alone says beside them."""

import duckdb
import pyarrow as pa

from schemas.conform import conform
from schemas.tables import TABLES

GIVEN = pa.schema(
    [
        ("revision_id", pa.string()),
        ("start_at", pa.timestamp("us", tz="UTC")),
        ("end_at", pa.timestamp("us", tz="UTC")),
        ("confidence", pa.string()),
        ("method", pa.string()),
    ]
)
"""Columns of the intervals to write."""


def write_intervals(
    con: duckdb.DuckDBPyConnection, given: pa.Table, own: pa.Table, withdrawn: list[str], *, run_id: str
) -> None:
    """Write the given intervals into their revisions; nothing else of a revision changes.

    `own` are rows of text_intervals to keep, `withdrawn` the revisions whose row there goes because their interval is
    their own again.
    """
    if given.num_rows:
        _update_revisions(con, given, run_id)
    if withdrawn:
        con.register("withdrawn_intervals", pa.table({"revision_id": pa.array(withdrawn, pa.string())}))
        con.execute(
            "delete from text_intervals where revision_id in (select revision_id from withdrawn_intervals)"
        )
        con.unregister("withdrawn_intervals")
    if own.num_rows:
        con.register("own_intervals", conform(own, TABLES["text_intervals"]))
        con.execute("insert into text_intervals by name select * from own_intervals order by revision_id")
        con.unregister("own_intervals")


def _update_revisions(con: duckdb.DuckDBPyConnection, given: pa.Table, run_id: str) -> None:
    con.register("given_intervals", given)
    con.execute(
        """
        update revisions
        set published_between_start_at = given_intervals.start_at,
            published_between_end_at = given_intervals.end_at,
            published_between_confidence = given_intervals.confidence,
            published_between_method = given_intervals.method,
            run_id = $run_id
        from given_intervals
        where given_intervals.revision_id = revisions.revision_id
        """,
        {"run_id": run_id},
    )
    con.unregister("given_intervals")
