"""Many sources at once, with bounded memory and one request a host at a time."""

import asyncio
from pathlib import Path

import pytest
from small_newspaper import Newspaper, rss
from source_desk import START, Desk

from copydesk.flows.read.raw_document import Refused
from copydesk.flows.sources.outbox import Outbox
from copydesk.flows.sources.run_source import ACQUIRERS
from copydesk.flows.sources.source import Source
from copydesk.schemas.enums import FETCHED_KINDS, FILE_KINDS, SourceKind


def test_a_list_of_addresses(paper: Newspaper, desk: Desk, tmp_path: Path) -> None:
    """Addresses of a file are asked for; comments are passed over, and rubbish stands in the quarantine."""
    paper.put_articles(range(3))
    lines = ["# the desk", *(f"{paper.base}/news/{n}" for n in range(3)), "", "mailto:desk@gazette.example"]
    (tmp_path / "urls.txt").write_text("\n".join(lines))
    source = Source("list", "urls", path=str(tmp_path / "urls.txt"))
    outcome = desk.run(source)
    assert outcome.numbers == [0, 1, 2]
    (refused,) = outcome.refused
    assert (refused.reason, "mailto:desk@gazette.example" in refused.detail) == ("bad_url", True)
    assert desk.run(source).documents == []
    assert paper.requests == []


def test_a_list_on_the_network(paper: Newspaper, desk: Desk) -> None:
    """A list may be fetched itself, conditionally."""
    paper.put_articles(range(2))
    paper.put(
        "/list",
        "\n".join(f"{paper.base}/news/{n}" for n in range(2)).encode(),
        content_type="text/plain",
        etag='"1"',
    )
    source = Source("list", "urls", paper.base + "/list")
    assert desk.run(source).numbers == [0, 1]
    assert desk.run(source).report.outcome == "unchanged"


def test_one_request_a_host_at_a_time(paper: Newspaper, desk: Desk) -> None:
    """Several sources of one host share its lane."""
    paper.put_articles(range(12))
    sources = []
    for n in range(4):
        paper.put(f"/feed{n}", rss(paper.base, range(n * 3, n * 3 + 3)), content_type="text/xml")
        sources.append(Source(f"s{n}", "feed", f"{paper.base}/feed{n}"))
    outcome = desk.run(*sources)
    assert outcome.numbers == list(range(12))
    assert paper.busiest == 1


def test_a_failing_source_leaves_the_others_alone(paper: Newspaper, desk: Desk) -> None:
    """Each source has its report, the broken and the whole."""
    paper.put_articles(range(2))
    paper.put("/feed", rss(paper.base, range(2)), content_type="text/xml")
    broken = Source("broken", "feed", paper.base + "/nothing")
    private = Source("private", "feed", "http://127.0.0.1:1/feed")
    outcome = desk.run(desk.feed(), broken, private)
    reports = {i.source_id: i.outcome for i in outcome.items if type(i).__name__ == "SourceReport"}
    assert reports == {"gazette": "done", "broken": "failed", "private": "failed"}
    assert {r.reason for r in outcome.refused} == {"gone", "private_address"}


def test_a_slow_reader_holds_the_fetching_back() -> None:
    """While what was handed over is not stored, there is no room for more than the box holds."""

    async def follow() -> list[bool]:
        outbox = Outbox(asyncio.get_running_loop(), max_held_bytes=10_000)
        stream = outbox.take()
        outbox.put([Refused("gazette", "1", "r", "d", START)], await outbox.reserve(6_000))
        second = asyncio.ensure_future(outbox.reserve(6_000))
        await asyncio.sleep(0)
        states = [second.done()]
        next(stream)
        await asyncio.sleep(0)
        states.append(second.done())
        outbox.finish()
        assert list(stream) == []  # asking for more says that the first is stored
        await asyncio.wait_for(second, 10)
        return states

    assert asyncio.run(follow()) == [False, False]


def test_something_bigger_than_the_box_passes_alone() -> None:
    """A document that would never fit goes through when the box is empty."""

    async def follow() -> int:
        return await Outbox(asyncio.get_running_loop(), max_held_bytes=10_000).reserve(50_000)

    assert asyncio.run(follow()) > 50_000


def test_each_kind_has_who_brings_it_in() -> None:
    """A fetched kind has its acquirer; all others are files, and WARC files a kind of their own."""
    assert set(ACQUIRERS) == FETCHED_KINDS
    assert FETCHED_KINDS | FILE_KINDS | {SourceKind.WARC} == set(SourceKind)
    assert not FETCHED_KINDS & FILE_KINDS


def test_only_network_sources_are_fetched(desk: Desk) -> None:
    """A source on disk is refused by name."""
    with pytest.raises(ValueError, match="shelf"):
        list(desk.stream(Source("shelf", "folder", path="x")))
