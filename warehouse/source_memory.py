"""What is remembered of sources and addresses: this run's newest word first, then the tables'."""

from datetime import UTC, datetime
from typing import Any

import duckdb

from copydesk.schemas.staged import STAGING
from copydesk.warehouse.attach import CATALOG, NoWarehouseError
from copydesk.warehouse.connect import connect_any_form
from copydesk.warehouse.place import Place
from copydesk.warehouse.takedown.bar import barred_addresses

Row = dict[str, Any]

BY_NOW = "(fetched_at > now()) is not true"
"""What was noted by a clock that ran ahead is as if never noted: it would hold its address up until then."""

STATES = f"""
with remembered as (
    select *, 1 as rank from {STAGING}.url_states where source_id = $1
    union all by name
    select * exclude (run_id), 2 as rank from {CATALOG}.url_states where source_id = $1 and {BY_NOW}
)
select * exclude (rank) from remembered
qualify row_number() over (partition by url order by rank) = 1
"""

TAKEN_DOWN: Row = {
    "role": "page",
    "outcome": "refused",
    "reason": "taken_down",
    "first_seen_at": datetime.min.replace(tzinfo=UTC),
}
"""The state of an address that must not be asked for: it was never fetched, and is never due."""


def read_url_states(con: duckdb.DuckDBPyConnection, source_id: str, urls: list[str]) -> list[Row]:
    """Return the states of those addresses of a source that are known; what was taken down is refused for good."""
    query = f"with states as ({STATES}) select * from states where url in (select unnest($2))"
    barred = {url: {**TAKEN_DOWN, "source_id": source_id, "url": url} for url in barred_addresses(con, urls)}
    return [
        *(row for row in _rows(con, query, source_id, urls) if row["url"] not in barred),
        *barred.values(),
    ]


def read_due(con: duckdb.DuckDBPyConnection, source_id: str, now: datetime, limit: int) -> list[Row]:
    """Return the pages whose next fetch has come, earliest first."""
    query = (
        f"with states as ({STATES}) select * from states where role = 'page' and next_fetch_at <= $2"
        " order by next_fetch_at, url limit $3"
    )
    return _rows(con, query, source_id, now, limit)


def read_robots(con: duckdb.DuckDBPyConnection, authority: str) -> list[Row]:
    """Return the last robots.txt of an origin, if any, as read_source and read_watermark do their row."""
    query = (
        f"select * from {STAGING}.robots_rules where authority = $1 union all by name"
        f" select * exclude (run_id) from {CATALOG}.robots_rules where authority = $1 and {BY_NOW}"
        " order by fetched_at desc limit 1"
    )
    return _rows(con, query, authority)


def read_source(con: duckdb.DuckDBPyConnection, source_id: str) -> list[Row]:
    """Return the row of a source."""
    return _rows(con, f"select * from {CATALOG}.sources where source_id = $1", source_id)


def read_watermark(con: duckdb.DuckDBPyConnection, source_id: str, part: str) -> list[Row]:
    """Return up to where a part of a source is in."""
    query = f"select * exclude (run_id) from {CATALOG}.watermarks where source_id = $1 and part = $2"
    return _rows(con, query, source_id, part)


def _rows(con: duckdb.DuckDBPyConnection, query: str, *values: Any) -> list[Row]:
    rows: list[Row] = con.execute(query, list(values)).to_arrow_table().to_pylist()
    return rows


def read_source_counts(con: duckdb.DuckDBPyConnection, source_id: str, run_id: str) -> Row:
    """Return what a run brought of a source: document_count, refused_count, and when an article came last."""
    query = (
        "select count(*) filter (run_id = $2) as document_count,"
        " count(*) filter (run_id = $2 and outcome = 'quarantined') as refused_count,"
        " max(fetched_at) filter (outcome = 'new') as last_new_at"
        " from documents where source_id = $1"
    )
    return _rows(con, query, source_id, run_id)[0]


def read_source_paths(con: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """Return the folder of every known source on disk by its name."""
    rows = _rows(con, f"select source_id, path from {CATALOG}.sources where path is not null")
    return {row["source_id"]: row["path"] for row in rows}


def read_last_attempts(place: Place) -> dict[str, datetime]:
    """Return when each source was last tried by a run that wrote of it; empty where there is no warehouse yet."""
    query = f"select source_id, last_attempt_at from {CATALOG}.sources where last_attempt_at is not null"
    try:
        with connect_any_form(place) as con:
            return {row["source_id"]: row["last_attempt_at"] for row in _rows(con, query)}
    except (NoWarehouseError, duckdb.CatalogException):  # a run has died before it made any table
        return {}
