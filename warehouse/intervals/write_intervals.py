"""Writes intervals that a story gave, and keeps what the text alone says beside them."""

import duckdb
import pyarrow as pa

from copydesk.warehouse.write_table import append_rows, delete_rows, update_rows

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
        delete_rows(con, "text_intervals", "revision_id in (select revision_id from withdrawn_intervals)")
        con.unregister("withdrawn_intervals")
    if own.num_rows:
        append_rows(con, "text_intervals", own.sort_by("revision_id"))


def _update_revisions(con: duckdb.DuckDBPyConnection, given: pa.Table, run_id: str) -> None:
    con.register("given_intervals", given)
    update_rows(
        con,
        "revisions",
        """
        select
            revision_id,
            start_at as published_between_start_at,
            end_at as published_between_end_at,
            confidence as published_between_confidence,
            method as published_between_method,
            $run_id as run_id
        from given_intervals
        """,
        {"run_id": run_id},
    )
    con.unregister("given_intervals")
