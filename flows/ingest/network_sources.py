"""Sources of the list that are not files: feeds, sitemaps, address lists, WARC files."""

from collections.abc import Collection, Generator, Sequence
from dataclasses import dataclass, replace

from copydesk.flows.fetch.fetch_settings import FetchSettings
from copydesk.flows.ingest.run import Run
from copydesk.flows.sources.acquire import acquire
from copydesk.flows.sources.acquire_warc import acquire_warc
from copydesk.flows.sources.items import Item
from copydesk.flows.sources.memory import Memory
from copydesk.flows.sources.source import ALWAYS, Period, Source
from copydesk.schemas.enums import FETCHED_KINDS, SourceKind


@dataclass(frozen=True, slots=True)
class NetworkSources:
    """Sources that are fetched together, many hosts at once, and WARC files one after the other."""

    listed: Sequence[Source]
    period: Period
    settings: FetchSettings
    skipped_count: int = 0
    notes: tuple[str, ...] = ()

    @property
    def source_id(self) -> str:
        """Their names, for the log."""
        return ", ".join(self.names)

    @property
    def names(self) -> list[str]:
        """The sources that it stands for."""
        return [source.source_id for source in self.listed]

    @property
    def batch_size(self) -> int:
        """Items that are stored at a time: few, since a page is not to be fetched twice."""
        return 20

    def without(self, names: Collection[str]) -> "NetworkSources | None":
        """Return what is left of them without some sources."""
        listed = [source for source in self.listed if source.source_id not in names]
        return replace(self, listed=listed) if listed else None

    def items(self, run: Run) -> Generator[Item]:
        """Yield documents, refusals, states and a report for each source."""
        return self.acquired(Memory(run.con))

    def acquired(self, memory: Memory) -> Generator[Item]:
        """Yield the same by what a memory knows of them."""
        fetched = [source for source in self.listed if source.kind in FETCHED_KINDS]
        if fetched:
            yield from acquire(fetched, memory, self.settings, period=self.period)
        for source in self.listed:
            if source.kind == SourceKind.WARC:
                yield from acquire_warc(source, memory, period=self.period, settings=self.settings)


def try_source(source: Source, settings: FetchSettings, *, pages: int | None = None) -> Generator[Item]:
    """Yield what a source brings, so many pages of it at most, as if it were run for the first time."""
    limited = source if pages is None else replace(source, max_pages=pages)
    return NetworkSources([limited], ALWAYS, settings).acquired(Memory())
