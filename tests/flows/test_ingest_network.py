"""The main job over a small newspaper on 127.0.0.1: incremental, and not a page fetched twice after a crash."""

import itertools
import signal
import socket
import threading
from pathlib import Path

import pytest
from asked import ask
from empty_warehouse import empty_warehouse
from forked import fork_ingest
from small_newspaper import Newspaper, Request, article, rss

from copydesk.flows.ingest.plan import ingest
from copydesk.flows.settings import Settings
from copydesk.warehouse.connect import connect_writer


def source_list(folder: Path, paper: Newspaper) -> Path:
    path = folder / "sources.toml"
    path.write_text(f'[[source]]\nid = "lindmouth"\nkind = "feed"\nurl = "{paper.base}/feed.xml"\nlanguage = "en"\n'
                    "[source.politeness]\ndelay_seconds = 0.05\n")  # fmt: skip
    return path


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setenv("COPYDESK_ALLOW_PRIVATE_HOSTS", "127.0.0.1")
    return Settings(
        warehouse=empty_warehouse(tmp_path / "warehouse").folder, workers=1, sources=tmp_path / "sources.toml"
    )


def test_a_feed_becomes_articles_and_the_second_run_asks_only_for_the_feed(
    tmp_path: Path, settings: Settings
) -> None:
    """New entries are fetched once; a run without news asks for the listing alone, and says that nothing is new."""
    with Newspaper() as paper:
        source_list(tmp_path, paper)
        paper.put("/feed.xml", rss(paper.base, range(1, 6)), etag='"one"')
        paper.put_articles(range(1, 6))
        first = ingest(settings=settings)
        assert (first.new_count, first.quarantined_count) == (5, 0)
        paper.forget()
        second = ingest(settings=settings)
        assert second.state == "nothing_new"
        assert set(paper.asked()) <= {"/feed.xml", "/robots.txt"}
        paper.put("/feed.xml", rss(paper.base, range(1, 8)), etag='"two"')
        paper.put_articles(range(6, 8))
        paper.forget()
        assert ingest(settings=settings).new_count == 2
        assert {path for path in paper.asked() if path.startswith("/news/")} == {"/news/6", "/news/7"}
    assert ask(settings, "select count(*), count(distinct canonical_url) from articles") == [(7, 7)]
    assert ask(settings, "select failures_in_row_count, kind from sources") == [(0, "feed")]


def test_a_source_that_fails_is_told_and_loses_nothing(tmp_path: Path, settings: Settings) -> None:
    """A listing that cannot be read is a failed run of that source, with the reason, in the tables and the summary."""
    with Newspaper() as paper:
        source_list(tmp_path, paper)
        paper.put("/feed.xml", b"gone", status=410)
        summary = ingest(settings=settings)
    assert any("lindmouth" in note for note in summary.notes)
    ((failures, error),) = ask(settings, "select failures_in_row_count, last_error from sources")
    assert failures == 1
    assert error


def test_what_a_clock_that_ran_ahead_has_noted_holds_nothing_up(tmp_path: Path, settings: Settings) -> None:
    """A page that failed in time to come, and rules that were read then, are asked for today."""
    with Newspaper() as paper:
        source_list(tmp_path, paper)
        paper.put("/feed.xml", rss(paper.base, [1]))
        paper.put("/news/1", b"soon", status=503)
        assert ingest(settings=settings).new_count == 0
        with connect_writer(settings.place) as con:
            ahead = ", ".join(
                f"{name} = {name} + interval 5 years" for name in ("fetched_at", "full_fetched_at")
            )
            con.execute(f"update url_states set {ahead}, next_fetch_at = next_fetch_at + interval 5 years")
            con.execute("update robots_rules set fetched_at = fetched_at + interval 5 years")
        paper.put_articles([1])
        paper.forget()
        assert ingest(settings=settings).new_count == 1
        assert "/robots.txt" in paper.asked()


@pytest.mark.slow
def test_what_was_stored_before_a_kill_is_not_fetched_again(tmp_path: Path, settings: Settings) -> None:
    """kill -9 while pages come in, run again: every page is in once, and no stored page was asked for twice."""
    pages, served = 80, itertools.count(1)
    is_asked, is_released = threading.Event(), threading.Event()

    def answer(request: Request, connection: socket.socket) -> None:
        if next(served) == 60:
            is_asked.set()
            is_released.wait()
        body = article(int(request.path.rpartition("/")[2]))
        head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {len(body)}\r\n\r\n"
        connection.sendall(head.encode() + body)

    with Newspaper() as paper:
        source_list(tmp_path, paper)
        paper.put("/feed.xml", rss(paper.base, range(1, pages + 1)))
        for number in range(1, pages + 1):
            paper.handle(f"/news/{number}", answer)
        where = {"warehouse": settings.warehouse, "sources": settings.sources}
        run = fork_ingest(tmp_path / "said", [], **where)
        is_asked.wait()
        run.process.kill()
        assert run.wait() == -signal.SIGKILL
        is_released.set()
        asked_before = {path for path in paper.asked() if path.startswith("/news/")}
        paper.forget()
        assert fork_ingest(tmp_path / "said", [], **where).wait() == 0
        again = {path for path in paper.asked() if path.startswith("/news/")} & asked_before
    assert 0 < len(asked_before) < pages
    assert len(again) <= 40, "only what was on the wire or not yet stored may be asked for again"
    assert ask(settings, "select count(*), count(distinct canonical_url) from articles") == [(pages, pages)]


def test_a_listing_that_is_read_again_stands_in_quarantine_no_more(
    tmp_path: Path, settings: Settings
) -> None:
    """A feed that was no feed and is one, a page that was none and is one: neither is missing any more."""
    with Newspaper() as paper:
        source_list(tmp_path, paper)
        paper.put("/feed.xml", b"<!doctype html><html><body>soon</body></html>")
        assert ingest(settings=settings).quarantined_count == 1
        paper.put("/feed.xml", rss(paper.base, range(1, 3)))
        paper.put_articles([1])
        paper.put("/news/2", b"", status=404)
        ingest(settings=settings)
    standing = ask(settings, "select origin, reason from documents_in_quarantine")
    assert standing == [(f"{paper.base}/news/2", "gone")]
    assert ask(settings, "select count(*) from quarantine") == [(2,)]
