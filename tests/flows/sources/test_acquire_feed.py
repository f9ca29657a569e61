"""A feed brings in what is new, once, and is not deceived about what is."""

import gzip

import pytest
from small_newspaper import Newspaper, article, rss
from source_desk import START, Desk

from copydesk.flows.read.raw_document import RawDocument
from copydesk.flows.sources.items import UrlState

RSS = "application/rss+xml"


def test_every_entry_becomes_a_document(paper: Newspaper, desk: Desk) -> None:
    """The page of each entry comes byte for byte, with what the feed says of it, the licence and the robots decision."""
    paper.put_articles(range(3))
    paper.put("/robots.txt", b"User-agent: *\nDisallow: /private\n")
    paper.put("/feed", rss(paper.base, range(3), extra="<author>Ada Pell</author>"), content_type=RSS)
    outcome = desk.run(desk.feed(licence="CC-BY-4.0", language="de"))
    assert outcome.numbers == [0, 1, 2]
    document = min(outcome.documents, key=lambda d: d.origin)
    assert document.payload == article(0)
    assert (document.external_id, document.title, document.authors) == (
        "report-0",
        "Berth report 0",
        ("Ada Pell",),
    )
    assert document.published_at == "2031-05-01T12:30:00+00:00"
    assert (document.language, document.licence) == ("en", "CC-BY-4.0")
    assert document.robots_decision == "allowed: no rule matches"
    assert (document.http_status, document.charset, document.fetched_at) == (200, "utf-8", START)
    assert document.feed_metadata is not None
    assert document.feed_metadata["feed_title"] == "Lindmouth Gazette"


def test_a_second_run_makes_one_conditional_request(paper: Newspaper, desk: Desk) -> None:
    """When nothing is new, one conditional request is all that the host sees."""
    paper.put_articles(range(5))
    paper.put("/feed", rss(paper.base, range(5)), content_type=RSS, etag='"one"')
    assert desk.run(desk.feed()).report.outcome == "done"
    again = desk.run(desk.feed())
    assert again.report.outcome == "unchanged"
    assert [(r.path, r.headers.get("if-none-match")) for r in paper.requests] == [("/feed", '"one"')]
    assert again.documents == []


def test_only_the_new_is_asked_for(paper: Newspaper, desk: Desk) -> None:
    """Pages that are in are not asked for again when the feed grows."""
    paper.put_articles(range(7))
    paper.put("/feed", rss(paper.base, range(5)), content_type=RSS)
    desk.run(desk.feed())
    paper.put("/feed", rss(paper.base, range(3, 7)), content_type=RSS)
    outcome = desk.run(desk.feed())
    assert outcome.numbers == [5, 6]
    assert paper.asked() == {"/feed": 1, "/news/5": 1, "/news/6": 1}


def test_a_page_is_looked_at_again_after_the_stated_age(paper: Newspaper, desk: Desk) -> None:
    """Before its age a page is left alone; after it a changed text comes as a document, a same one does not."""
    paper.put_articles(range(2))
    paper.put("/feed", rss(paper.base, range(2)), content_type=RSS, etag='"one"')
    source = desk.feed(recheck_after_hours=6)
    desk.run(source)
    paper.put("/news/1", article(1, text="Corrected: the berth cost more."))
    desk.later(hours=5)
    assert desk.run(source).documents == []
    desk.later(hours=1)
    assert desk.run(source).numbers == [1]
    assert paper.asked()["/news/0"] == 1
    desk.later(hours=6)
    desk.run(source)
    assert paper.asked()["/news/0"] == 0, "the pause doubles"


def test_a_server_that_always_says_304_is_found_out(paper: Newspaper, desk: Desk) -> None:
    """A 304 over new entries is believed for a day at most; then the feed is asked for in full for good."""
    paper.put_articles(range(6))
    paper.put("/feed", rss(paper.base, range(3)), content_type=RSS, etag='"stuck"', lies=True)
    desk.run(desk.feed())
    paper.put("/feed", rss(paper.base, range(5)), content_type=RSS, etag='"stuck"', lies=True)
    desk.later(hours=2)
    assert desk.run(desk.feed()).documents == []
    desk.later(hours=23)
    found = desk.run(desk.feed())
    assert found.numbers == [3, 4]
    assert not found.report.health.has_trusted_validators
    assert any("did not change when it did" in warning for warning in found.report.warnings)
    paper.put("/feed", rss(paper.base, range(6)), content_type=RSS, etag='"stuck"', lies=True)
    assert desk.run(desk.feed()).numbers == [5]


def test_a_dozen_304s_are_checked_too(paper: Newspaper, desk: Desk) -> None:
    """A feed that is asked every few minutes is asked in full after a dozen 304s."""
    paper.put_articles(range(3))
    paper.put("/feed", rss(paper.base, range(2)), content_type=RSS, etag='"stuck"')
    desk.run(desk.feed())
    paper.put("/feed", rss(paper.base, range(3)), content_type=RSS, etag='"stuck"')
    found = [desk.run(desk.feed()).numbers for _ in range(12)]
    assert found == [[]] * 11 + [[2]]


def test_an_etag_that_stands_still_over_new_entries_is_a_lie(paper: Newspaper, desk: Desk) -> None:
    """The same ETag over other entries costs the feed its trust, one over another build date does not."""
    paper.put_articles(range(3))
    paper.put(
        "/feed", rss(paper.base, range(2), build="Monday"), content_type=RSS, headers={"ETag": '"same"'}
    )
    desk.run(desk.feed())
    paper.put(
        "/feed", rss(paper.base, range(2), build="Tuesday"), content_type=RSS, headers={"ETag": '"same"'}
    )
    assert desk.run(desk.feed()).report.health.has_trusted_validators
    paper.put("/feed", rss(paper.base, range(3)), content_type=RSS, headers={"ETag": '"same"'})
    assert not desk.run(desk.feed()).report.health.has_trusted_validators


@pytest.mark.parametrize("stored", range(0, 12, 2))
def test_a_crash_loses_nothing_and_repeats_nothing(paper: Newspaper, desk: Desk, stored: int) -> None:
    """Whatever number of items was stored before the end came, the next run brings in exactly the rest."""
    paper.put_articles(range(8))
    paper.put("/feed", rss(paper.base, range(8)), content_type=RSS, etag='"one"')
    taken = []
    stream = desk.stream(desk.feed())
    for item in stream:
        taken.append(item)
        desk.memory.remember([item])
        if sum(isinstance(i, UrlState) for i in taken) >= stored:
            break
    stream.close()
    before = {d.origin for d in taken if isinstance(d, RawDocument)}
    known = {url for (_, url), state in desk.memory.urls.items() if state.role == "page"}
    outcome = desk.run(desk.feed())
    after = {d.origin for d in outcome.documents}
    assert before | after == {f"{paper.base}/news/{n}" for n in range(8)}
    assert not known & after


def test_a_page_that_fails_comes_later(paper: Newspaper, desk: Desk) -> None:
    """A page in trouble is asked for again after a pause, though the feed says it no more."""
    paper.put_articles(range(2))
    paper.put("/news/1", status=500)
    paper.put("/feed", rss(paper.base, range(2)), content_type=RSS, etag='"one"')
    first = desk.run(desk.feed())
    assert [(r.reason, r.url) for r in first.refused] == [("http_status", f"{paper.base}/news/1")]
    assert (first.report.failed_count, first.report.documents_count) == (1, 1)
    paper.put("/news/1", article(1))
    paper.put("/feed", rss(paper.base, []), content_type=RSS, etag='"two"')
    assert desk.run(desk.feed()).documents == []
    desk.later(minutes=15)
    late = desk.run(desk.feed())
    assert late.numbers == [1]
    assert late.documents[0].title == "Berth report 1"


def test_the_feeds_own_text_stands_in_for_a_page_that_will_not_be_had(paper: Newspaper, desk: Desk) -> None:
    """Where a page is closed to us, a full text in the feed is the document; a teaser is not."""
    full = f"<description><![CDATA[<p>{'The berth was repaired. ' * 40}</p>]]></description>"
    content = full.replace("description", "content:encoded")
    feed = rss(paper.base, [1], extra=content).replace(
        b"<rss ", b'<rss xmlns:content="http://purl.org/rss/1.0/modules/content/" '
    )
    paper.put("/feed", feed, content_type=RSS)
    paper.put("/news/1", status=403)
    (document,) = desk.run(desk.feed()).documents
    assert b"The berth was repaired." in document.payload
    paper.put(
        "/feed2", rss(paper.base, [1], extra="<description>More inside.</description>"), content_type=RSS
    )
    outcome = desk.run(desk.feed("/feed2"))
    assert outcome.documents == []


def test_a_feed_without_its_pages(paper: Newspaper, desk: Desk) -> None:
    """A source may take the entries alone; no page is asked for."""
    paper.put("/feed", rss(paper.base, [1], extra="<description>Short news.</description>"), content_type=RSS)
    outcome = desk.run(desk.feed(fetches_pages=False))
    assert b"Short news." in outcome.documents[0].payload
    assert set(paper.asked()) == {"/robots.txt", "/feed"}


@pytest.mark.parametrize(("tdm", "numbers"), [("honour", [2]), ("record", [0, 1, 2]), ("ignore", [0, 1, 2])])
def test_reserved_rights_are_honoured_by_a_setting(
    paper: Newspaper, desk: Desk, tdm: str, numbers: list[int]
) -> None:
    """Pages that reserve text and data mining are refused, or taken with the header kept."""
    paper.put("/news/0", article(0), headers={"TDM-Reservation": "1"})
    paper.put("/news/1", article(1).replace(b"<head>", b'<head><meta name="tdm-reservation" content="1">'))
    paper.put("/news/2", article(2))
    paper.put("/feed", rss(paper.base, range(3)), content_type=RSS)
    outcome = desk.run(desk.feed(), tdm=tdm)
    assert outcome.numbers == numbers
    assert {r.reason for r in outcome.refused} <= {"tdm_reserved"}
    if tdm == "record":
        (kept,) = (d for d in outcome.documents if d.origin.endswith("/0"))
        assert kept.http_headers["tdm-reservation"] == "1"


def test_a_truncated_page_is_never_a_document(paper: Newspaper, desk: Desk) -> None:
    """A page that came short after it was in makes no revision; what was known of it stays."""
    paper.put_articles([1])
    paper.put("/feed", rss(paper.base, [1]), content_type=RSS)
    desk.run(desk.feed())
    short = gzip.compress(article(1, text="new"))[:-20]
    paper.put("/news/1", short, headers={"Content-Encoding": "gzip"})
    desk.later(hours=25)
    outcome = desk.run(desk.feed())
    assert outcome.documents == []
    assert [r.reason for r in outcome.refused] == ["truncated"]
    assert outcome.state(f"{paper.base}/news/1").body_sha256 is not None


@pytest.mark.parametrize(
    ("body", "status", "reason"),
    [
        (b"<!doctype html><html>Not found", 200, "not_a_feed"),
        (b"", 200, "not_a_feed"),
        (b"", 404, "gone"),
        (b"", 500, "http_status"),
    ],
)
def test_a_feed_that_is_none_is_reported(
    paper: Newspaper, desk: Desk, body: bytes, status: int, reason: str
) -> None:
    """A soft 404 or a server in trouble fails the source, and only it; failures are counted until a success."""
    paper.put("/feed", body, status=status, content_type="text/html")
    for failures in (1, 2):
        outcome = desk.run(desk.feed())
        assert (outcome.report.outcome, outcome.report.reason) == ("failed", reason)
        assert outcome.report.health.failures_in_row_count == failures
        assert [r.reason for r in outcome.refused] == [reason]
        assert outcome.report.watermarks == ()
    paper.put("/feed", rss(paper.base, []), content_type=RSS)
    assert desk.run(desk.feed()).report.health.failures_in_row_count == 0


def test_tracking_parameters_do_not_make_another_page(paper: Newspaper, desk: Desk) -> None:
    """An address is asked for as it stands, and remembered without what trackers append."""
    feed = rss(paper.base, [1]).replace(b"/news/1<", b"/news/1?utm_source=feed#top<")
    paper.put("/feed", feed, content_type=RSS)
    paper.put("/news/1?utm_source=feed", article(1))
    desk.run(desk.feed())
    paper.put("/feed", rss(paper.base, [1]), content_type=RSS)
    assert desk.run(desk.feed()).documents == []
