"""What a source asks of the warehouse: what was seen, what is due, what robots.txt said."""

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any, TypeVar

import duckdb

from copydesk.flows.sources.items import RobotsState, SourceHealth, UrlState, Watermark
from copydesk.warehouse.source_memory import (
    Row,
    read_due,
    read_robots,
    read_source,
    read_url_states,
    read_watermark,
)

T = TypeVar("T")


class Memory:
    """Answers from the tables and from what was taken in since; without a connection it knows nothing.

    Each thread asks through a cursor of its own.
    """

    def __init__(self, con: duckdb.DuckDBPyConnection | None = None) -> None:
        self._con = con
        self._local = threading.local()

    def look_up(self, source_id: str, urls: Sequence[str]) -> dict[str, UrlState]:
        """Return the states of those addresses that are known."""
        return {state.url: state for state in self._ask(UrlState, read_url_states, source_id, list(urls))}

    def due(self, source_id: str, now: datetime, limit: int) -> list[UrlState]:
        """Return pages whose next_fetch_at has come, earliest first."""
        return list(self._ask(UrlState, read_due, source_id, now, limit))

    def robots(self, authority: str) -> RobotsState | None:
        """Return the last robots.txt of an origin."""
        return next(self._ask(RobotsState, read_robots, authority), None)

    def health(self, source_id: str) -> SourceHealth | None:
        """Return the health as of the last run."""
        return next(self._ask(SourceHealth, read_source, source_id), None)

    def watermark(self, source_id: str, part: str) -> Watermark | None:
        """Return up to where a part of the source is in."""
        return next(self._ask(Watermark, read_watermark, source_id, part), None)

    def _ask(self, kind: type[T], read: Callable[..., list[Row]], *asked: Any) -> Iterator[T]:
        if self._con is None:
            return
        if not hasattr(self._local, "cursor"):
            self._local.cursor = self._con.cursor()
        names = {field.name for field in fields(kind)}  # type: ignore[arg-type]
        for row in read(self._local.cursor, *asked):
            yield kind(**{name: value for name, value in row.items() if name in names})
