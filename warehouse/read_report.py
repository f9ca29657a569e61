"""Reads what the report shows."""

from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb

from copydesk.warehouse.create import read_definitions

REPORT = Path(__file__).parent / "report"


def read_report(
    con: duckdb.DuckDBPyConnection, *, since: datetime, limit: int
) -> dict[str, list[dict[str, Any]]]:
    """Return the rows of each query of the report by its name, over what was first seen since a time.

    `limit` bounds the articles that get a page of their own.
    """
    known = {"since": since, "limit": limit}
    found = {}
    for query in read_definitions(REPORT):
        wanted = con.extract_statements(query.sql)[0].named_parameters
        rows = con.execute(query.sql, {name: known[name] for name in wanted}).to_arrow_table()
        found[query.name] = rows.to_pylist()
    return found


def read_latest_sight(con: duckdb.DuckDBPyConnection) -> datetime | None:
    """Return when the latest article was first seen."""
    rows = con.execute("select max(first_seen_at) as at from articles").to_arrow_table().to_pylist()
    latest: datetime | None = rows[0]["at"]
    return latest
