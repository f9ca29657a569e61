"""Runs a source on the network without a warehouse: nothing is remembered, so everything is new."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, cast

from copydesk.flows.fetch.fetch_settings import FetchSettings
from copydesk.flows.fetch.robots_gate import RobotsState
from copydesk.flows.sources.acquire import acquire
from copydesk.flows.sources.acquire_warc import acquire_warc
from copydesk.flows.sources.items import Item, SourceHealth, UrlState, Watermark
from copydesk.flows.sources.source import Source
from copydesk.schemas.enums import SourceKind

if TYPE_CHECKING:
    from copydesk.flows.sources.memory import Memory


class _Forgetful:
    """A memory that knows nothing."""

    def look_up(self, _source_id: str, _urls: Sequence[str]) -> dict[str, UrlState]:
        return {}

    def due(self, _source_id: str, _now: datetime, _limit: int) -> list[UrlState]:
        return []

    def robots(self, _authority: str) -> RobotsState | None:
        return None

    def health(self, _source_id: str) -> SourceHealth | None:
        return None

    def watermark(self, _source_id: str, _part: str) -> Watermark | None:
        return None


def try_source(source: Source, settings: FetchSettings, *, pages: int | None = None) -> Iterator[Item]:
    """Yield what a source brings, so many pages of it at most, as if it were run for the first time."""
    limited = source if pages is None else replace(source, max_pages=pages)
    memory = cast("Memory", _Forgetful())
    is_warc = source.kind == SourceKind.WARC
    items = (
        acquire_warc(limited, memory, settings=settings) if is_warc else acquire([limited], memory, settings)
    )
    with closing(items):  # type: ignore[type-var]
        yield from items
