"""Reads what a run has brought, for its row, its summary and its page."""

import duckdb


def count_outcomes(con: duckdb.DuckDBPyConnection, run_id: str) -> dict[str, int]:
    """Return how many documents of this run had each outcome."""
    rows = con.execute(
        "select outcome, count(*) from documents where run_id = ? group by 1", [run_id]
    ).fetchall()
    return dict(rows)


def removed_by_kind(con: duckdb.DuckDBPyConnection, run_id: str) -> dict[str, int]:
    """Return the characters that left the bodies of this run's revisions, by kind, most first."""
    rows = con.execute(
        "select kind, sum(end_char - start_char) from boilerplate_spans where run_id = ? and kind <> 'dateline'"
        " group by 1 order by 2 desc, 1",
        [run_id],
    ).fetchall()
    return {kind: int(chars) for kind, chars in rows}


def quarantine_reasons(con: duckdb.DuckDBPyConnection, run_id: str) -> dict[str, int]:
    """Return how many documents of this run were refused, by reason."""
    rows = con.execute(
        "select reason, count(*) from quarantine where run_id = ? group by 1 order by 2 desc, 1", [run_id]
    ).fetchall()
    return dict(rows)


def count_by_source(con: duckdb.DuckDBPyConnection, run_id: str) -> list[tuple[str, str, int]]:
    """Return how many documents a run decided on, by source and outcome."""
    return con.execute(
        "select source_id, outcome, count(*) from documents where run_id = ? group by 1, 2 order by 1, 2",
        [run_id],
    ).fetchall()
