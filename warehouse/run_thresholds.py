"""Reads by which thresholds the tables were settled, and writes on the rows by which they stand."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

import duckdb

from copydesk.schemas.tables import TABLES
from copydesk.warehouse.write_table import update_rows

SETTLED_TABLES = {
    "sites": ("site_lines",),
    "copies": ("duplicates", "look_alikes"),
    "stories": ("story_members",),
    "intervals": ("text_intervals",),
}
"""The tables whose rows bear the version of each area."""


def find_stale_areas(con: duckdb.DuckDBPyConnection, versions: Mapping[str, str]) -> list[str]:
    """Return the areas that a run settled by other versions since they were last settled as a whole."""
    rows = con.execute("select parameters from runs order by started_at, run_id").fetchall()
    runs: list[dict[str, Any]] = [json.loads(row[0]) for row in rows]
    return [area for area, version in versions.items() if _is_stale(runs, area, version)]


def _is_stale(runs: list[dict[str, Any]], area: str, version: str) -> bool:
    whole = [at for at, run in enumerate(runs) if area in run.get("settled_again", [])]
    return any(run.get(area) != version for run in runs[max(whole, default=0) :])


def sign_rows(con: duckdb.DuckDBPyConnection, areas: Iterable[str], versions: Mapping[str, str]) -> None:
    """Write the version on the rows of areas that were settled as a whole, also on those that stayed as they were."""
    for area in areas:
        for table in SETTLED_TABLES[area]:
            update_rows(
                con,
                table,
                f"select {', '.join(TABLES[table].key)}, $version as parameters_version from {table}"
                " where parameters_version is distinct from $version",
                {"version": versions[area]},
            )


def all_articles(con: duckdb.DuckDBPyConnection) -> list[str]:
    """Return every article, sorted."""
    return [row[0] for row in con.execute("select article_id from articles order by 1").fetchall()]
