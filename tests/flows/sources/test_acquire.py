"""Many sources at once, with bounded memory and one request a host at a time."""

from pathlib import Path

import pytest
from small_newspaper import Newspaper, rss
from source_desk import Desk

from flows.sources import outbox
from flows.sources.source import Source


def test_a_list_of_addresses(paper: Newspaper, desk: Desk, tmp_path: Path) -> None:
    """Addresses of a file are asked for; comments and rubbish are passed over, and the rubbish is told."""
    paper.put_articles(range(3))
    lines = ["# the desk", *(f"{paper.base}/news/{n}" for n in range(3)), "", "mailto:desk@gazette.example"]
    (tmp_path / "urls.txt").write_text("\n".join(lines))
    source = Source("list", "urls", path=str(tmp_path / "urls.txt"))
    outcome = desk.run(source)
    assert outcome.numbers == [0, 1, 2]
    assert "mailto:desk@gazette.example" in outcome.report.warnings[0]
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


def test_a_slow_reader_holds_the_fetching_back(
    paper: Newspaper, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While nobody takes documents, only as many are fetched as the box between the threads holds."""
    monkeypatch.setattr(outbox.Outbox.__init__, "__kwdefaults__", {"max_held_bytes": 20_000})
    for n in range(60):
        paper.put(f"/news/{n}", b"<html>" + b"x" * 5_000)
    paper.put("/feed", rss(paper.base, range(60)), content_type="text/xml")
    stream = desk.stream(desk.feed())
    first = [next(stream) for _ in range(3)]
    asked_before = paper.asked().total()
    rest = list(stream)
    assert asked_before < 30
    assert sum(type(i).__name__ == "RawDocument" for i in [*first, *rest]) == 60


def test_only_network_sources_are_fetched(desk: Desk) -> None:
    """A source on disk is refused by name."""
    with pytest.raises(ValueError, match="shelf"):
        list(desk.stream(Source("shelf", "folder", path="x")))
