"""Runs sources against the newspaper, with a memory that outlives the runs."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from plain_memory import PlainMemory
from small_newspaper import Newspaper

from copydesk.flows.fetch.fetch_settings import FetchSettings
from copydesk.flows.read.raw_document import RawDocument, Refused
from copydesk.flows.sources.acquire import acquire
from copydesk.flows.sources.items import Item, SourceReport, UrlState
from copydesk.flows.sources.limited import LimitedPool
from copydesk.flows.sources.source import Period, Source

START = datetime(2031, 6, 1, 8, 0, tzinfo=UTC)


@dataclass
class Outcome:
    """What one run gave."""

    items: list[Item]

    @property
    def documents(self) -> list[RawDocument]:
        return [item for item in self.items if isinstance(item, RawDocument)]

    @property
    def numbers(self) -> list[int]:
        """The articles that came, by number, in order."""
        return sorted(int(d.origin.rpartition("/")[2]) for d in self.documents)

    @property
    def refused(self) -> list[Refused]:
        return [item for item in self.items if isinstance(item, Refused)]

    @property
    def report(self) -> SourceReport:
        (report,) = (item for item in self.items if isinstance(item, SourceReport))
        return report

    def state(self, url: str) -> UrlState:
        (state,) = (item for item in self.items if isinstance(item, UrlState) and item.url == url)
        return state


@dataclass
class Desk:
    """Asks the newspaper again and again; `later` moves the clock."""

    paper: Newspaper
    pool: LimitedPool
    memory: PlainMemory = field(default_factory=PlainMemory)
    now: datetime = START

    def run(self, *sources: Source, period: Period | None = None, **settings: object) -> Outcome:
        self.paper.forget()
        items = []
        for item in self.stream(*sources, period=period, **settings):
            items.append(item)
            self.memory.remember([item])
        return Outcome(items)

    def stream(self, *sources: Source, period: Period | None = None, **settings: object):
        fetch = FetchSettings(
            **{"allow_private_hosts": frozenset({self.paper.host}), "deadline_seconds": 120.0, **settings}
        )
        return acquire(sources, self.memory, fetch, period=period, clock=lambda: self.now, pool=self.pool)

    def later(self, **span: float) -> None:
        self.now += timedelta(**span)

    def feed(self, path: str = "/feed", **fields: object) -> Source:
        return Source("gazette", "feed", self.paper.base + path, **fields)

    def sitemap(self, path: str = "/sitemap.xml", **fields: object) -> Source:
        return Source("gazette", "sitemap", self.paper.base + path, **fields)
