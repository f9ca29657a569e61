"""What a source asks of the warehouse: what was seen, what is due, what robots.txt said."""

import threading
from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any, TypeVar

import duckdb

from copydesk.flows.fetch.robots_gate import RobotsState
from copydesk.flows.sources.items import SourceHealth, UrlState, Watermark
from copydesk.warehouse.source_memory import (
    read_due,
    read_robots,
    read_source,
    read_url_states,
    read_watermark,
)

T = TypeVar("T")


class Memory:
    """Answers from the tables and from what was taken in since. Each thread asks through a cursor of its own."""

    def __init__(self, con: duckdb.DuckDBPyConnection) -> None:
        self._con = con
        self._local = threading.local()

    def look_up(self, source_id: str, urls: Sequence[str]) -> dict[str, UrlState]:
        """Return the states of those addresses that are known."""
        rows = read_url_states(self._cursor(), source_id, list(urls))
        return {row["url"]: _record(UrlState, row) for row in rows}

    def due(self, source_id: str, now: datetime, limit: int) -> list[UrlState]:
        """Return pages whose next_fetch_at has come, earliest first."""
        return [_record(UrlState, row) for row in read_due(self._cursor(), source_id, now, limit)]

    def robots(self, authority: str) -> RobotsState | None:
        """Return the last robots.txt of an origin."""
        row = read_robots(self._cursor(), authority)
        return None if row is None else _record(RobotsState, row)

    def health(self, source_id: str) -> SourceHealth | None:
        """Return the health as of the last run."""
        row = read_source(self._cursor(), source_id)
        return None if row is None else _record(SourceHealth, row)

    def watermark(self, source_id: str, part: str) -> Watermark | None:
        """Return up to where a part of the source is in."""
        row = read_watermark(self._cursor(), source_id, part)
        return None if row is None else _record(Watermark, row)

    def _cursor(self) -> duckdb.DuckDBPyConnection:
        if not hasattr(self._local, "cursor"):
            self._local.cursor = self._con.cursor()
        cursor: duckdb.DuckDBPyConnection = self._local.cursor
        return cursor


def _record(kind: type[T], row: dict[str, Any]) -> T:
    names = {field.name for field in fields(kind)}  # type: ignore[arg-type]
    return kind(**{name: value for name, value in row.items() if name in names})
