"""Hostile feeds are contained, each alone: its neighbours are loaded whatever it does."""

import asyncio
import resource
import time
from collections.abc import Iterator
from contextlib import closing
from urllib.parse import quote

import pytest
from hostile_feeds import hostile_feeds
from plain_memory import PlainMemory
from small_newspaper import Newspaper, rss

from copydesk.flows.fetch.fetch_settings import FetchSettings
from copydesk.flows.read.raw_document import RawDocument
from copydesk.flows.sources.acquire import acquire
from copydesk.flows.sources.items import Item, SourceReport
from copydesk.flows.sources.limited import LimitedPool, LimitError
from copydesk.flows.sources.source import Source
from copydesk.flows.workers.limits import Limits

LIMITS = Limits(document_seconds=0.15)  # stricter than the default, to be sooner done
GOOD = 3


@pytest.fixture(scope="module")
def items() -> Iterator[list[Item]]:
    """One run over every hostile feed, with good ones first, last and in the middle."""
    with Newspaper() as paper:
        paper.put_articles(range(GOOD))
        sources = []
        for name, payload in hostile_feeds():
            paper.put(f"/bad/{quote(name)}", payload, content_type="application/xml")
            sources.append(Source(name, "feed", f"{paper.base}/bad/{quote(name)}", fetches_pages=False))
        for n in range(GOOD):
            paper.put(f"/good/{n}", rss(paper.base, [n]), content_type="application/rss+xml")
            source = Source(f"good-{n}", "feed", f"{paper.base}/good/{n}")
            sources.insert(n * len(sources) // (GOOD - 1), source)
        settings = FetchSettings(allow_private_hosts=frozenset({paper.host}))
        with closing(LimitedPool(workers=2, limits=LIMITS)) as pool:
            yield list(acquire(sources, PlainMemory(), settings, pool=pool))


def test_there_are_enough() -> None:
    """The generator writes at least twenty-four feeds, the same each time."""
    first, second = list(hostile_feeds()), list(hostile_feeds())
    assert len(dict(first)) >= 24
    assert first == second


@pytest.mark.slow
def test_all_neighbours_are_loaded(items: list[Item]) -> None:
    """Every good feed gives its article."""
    loaded = {
        item.source_id
        for item in items
        if isinstance(item, RawDocument) and item.source_id.startswith("good")
    }
    assert loaded == {f"good-{n}" for n in range(GOOD)}


@pytest.mark.slow
def test_every_feed_is_accounted_for(items: list[Item]) -> None:
    """Each hostile feed ends with a report: read as far as it goes, or failed with a reason."""
    reports = {item.source_id: item for item in items if isinstance(item, SourceReport)}
    assert set(reports) >= {name for name, _ in hostile_feeds()}
    assert all(report.outcome != "failed" or report.reason for report in reports.values())
    assert not [report for report in reports.values() if report.reason == "internal_error"]


@pytest.mark.slow
def test_no_file_is_read(items: list[Item]) -> None:
    """The name of this machine, which a feed asks for, is in no item."""
    with open("/etc/hostname") as file:  # noqa: PTH123 the very file that the feed names
        name = file.read().strip()
    told = [repr(item) for item in items if getattr(item, "source_id", "") == "entity_of_a_file"]
    assert told
    assert not [each for each in told if name in each]


def _eat(size: int) -> int:
    return len(bytearray(size))


def _spin() -> None:
    while True:
        pass


def _die() -> None:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    import ctypes

    ctypes.string_at(0)


def test_a_worker_that_hangs_eats_or_dies_costs_its_own_work_alone() -> None:
    """Time, memory and a crash end one piece of work with a reason; the next one is done."""
    limits = Limits(document_seconds=0.3, memory_bytes=1_000_000_000)
    with closing(LimitedPool(limits=limits)) as pool:
        for work, reason in (
            ((_spin,), "feed_timeout"),
            ((_eat, 3_000_000_000), "feed_memory"),
            ((_die,), "feed_crash"),
        ):
            with pytest.raises(LimitError) as caught:
                asyncio.run(pool.run(*work))
            assert caught.value.reason == reason
            assert asyncio.run(pool.run(_eat, 10)) == 10


def test_a_feed_on_a_busy_machine_is_not_late() -> None:
    """Processor time counts: work that gets none for longer than its limit is done all the same."""
    with closing(LimitedPool(limits=Limits(document_seconds=0.2))) as pool:
        assert asyncio.run(pool.run(_wait, 0.6)) == 0.6


def _wait(seconds: float) -> float:
    time.sleep(seconds)
    return seconds
