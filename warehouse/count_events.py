"""Counts what a run has written into a table of events, so that the next one gets a number of its own."""

import duckdb

from schemas.tables import TABLES


def count_events(con: duckdb.DuckDBPyConnection, table: str, run_id: str) -> int:
    """Return how many events of a run stand in a declared table."""
    rows = con.execute(f"select count(*) from {TABLES[table].name} where run_id = ?", [run_id]).fetchall()
    return int(rows[0][0])
