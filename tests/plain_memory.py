"""The memory of sources in dictionaries, for tests and benchmarks of acquirers alone."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from copydesk.flows.sources.items import Item, RobotsState, SourceHealth, SourceReport, UrlState, Watermark
from copydesk.flows.sources.memory import Memory


class PlainMemory(Memory):
    """Remembers what acquirers yield, as the warehouse does."""

    def __init__(self) -> None:
        self.urls: dict[tuple[str, str], UrlState] = {}
        self.healths: dict[str, SourceHealth] = {}
        self.robots_states: dict[str, RobotsState] = {}
        self.watermarks: dict[tuple[str, str], Watermark] = {}

    def look_up(self, source_id: str, urls: Sequence[str]) -> dict[str, UrlState]:
        return {url: state for url in urls if (state := self.urls.get((source_id, url)))}

    def due(self, source_id: str, now: datetime, limit: int) -> list[UrlState]:
        found = [
            (state.next_fetch_at, state.url, state)
            for (name, _), state in self.urls.items()
            if name == source_id
            and state.role == "page"
            and state.next_fetch_at
            and state.next_fetch_at <= now
        ]
        return [state for _, _, state in sorted(found, key=lambda row: row[:2])[:limit]]

    def robots(self, authority: str) -> RobotsState | None:
        return self.robots_states.get(authority)

    def health(self, source_id: str) -> SourceHealth | None:
        return self.healths.get(source_id)

    def watermark(self, source_id: str, part: str) -> Watermark | None:
        return self.watermarks.get((source_id, part))

    def remember(self, items: Iterable[Item]) -> None:
        """Take in what acquirers yielded, as the warehouse does; documents and refusals are passed over."""
        for item in items:
            if isinstance(item, UrlState):
                self.urls[item.source_id, item.url] = item
            elif isinstance(item, RobotsState):
                self.robots_states[item.authority] = item
            elif isinstance(item, SourceReport):
                self.healths[item.source_id] = item.health
                self.watermarks |= {(item.source_id, mark.part): mark for mark in item.watermarks}
