"""Tells which runs have reached the tables."""

import duckdb


def committed_runs(con: duckdb.DuckDBPyConnection) -> list[str]:
    """Return the names of all runs that are committed to the end, oldest first."""
    return [
        row[0]
        for row in con.execute(
            "select run_id from runs where outcome <> 'unfinished' order by run_id"
        ).fetchall()
    ]
