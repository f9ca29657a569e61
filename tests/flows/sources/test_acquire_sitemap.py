"""Sitemaps bring in their new pages, through indexes, and back-fills leave no trace on the running watermark."""

import gzip
import itertools
from datetime import UTC, datetime

from small_newspaper import Newspaper, rss, sitemap
from source_desk import START, Desk

from copydesk.flows.sources.items import UrlState
from copydesk.flows.sources.source import Period

XML = "text/xml"


def put_index(paper: Newspaper, *names: str, lastmod: str = "2031-05-31") -> None:
    parts = "".join(
        f"<sitemap><loc>{paper.base}{name}</loc><lastmod>{lastmod}</lastmod></sitemap>" for name in names
    )
    paper.put(
        "/sitemap.xml",
        f"<sitemapindex>{parts}</sitemapindex>".encode(),
        content_type=XML,
        etag=f'"{hash(parts)}"',
    )


def test_an_index_leads_to_all_pages(paper: Newspaper, desk: Desk) -> None:
    """Plain and zipped sitemaps below an index are read; a second run asks for the index alone."""
    paper.put_articles(range(6))
    put_index(paper, "/s1.xml", "/s2.xml.gz")
    paper.put("/s1.xml", sitemap(paper.base, range(3)), content_type=XML)
    paper.put("/s2.xml.gz", gzip.compress(sitemap(paper.base, range(2, 6))), content_type="application/gzip")
    assert desk.run(desk.sitemap()).numbers == list(range(6))
    again = desk.run(desk.sitemap())
    assert again.report.outcome == "unchanged"
    assert paper.asked() == {"/sitemap.xml": 1}


def test_an_index_that_does_not_change_hides_nothing_for_long(paper: Newspaper, desk: Desk) -> None:
    """A lastmod that stands still over new pages is believed for a day, then never again."""
    paper.put_articles(range(5))
    put_index(paper, "/s1.xml")
    paper.put("/s1.xml", sitemap(paper.base, range(2)), content_type=XML)
    desk.run(desk.sitemap())
    paper.put("/s1.xml", sitemap(paper.base, range(4)), content_type=XML)
    assert desk.run(desk.sitemap()).documents == []
    desk.later(hours=25)
    assert desk.run(desk.sitemap()).numbers == [2, 3]
    paper.put("/s1.xml", sitemap(paper.base, range(5)), content_type=XML)
    assert desk.run(desk.sitemap()).numbers == [4]


def test_a_broken_part_does_not_hide_the_others(paper: Newspaper, desk: Desk) -> None:
    """A sitemap that cannot be read is told; the run is partial and moves no watermark."""
    paper.put_articles(range(2))
    put_index(paper, "/gone.xml", "/s1.xml", "/page.xml", "/short.xml.gz")
    paper.put("/s1.xml", sitemap(paper.base, range(2)), content_type=XML)
    paper.put("/page.xml", b"<html>soft 404</html>")
    paper.put(
        "/short.xml.gz", gzip.compress(sitemap(paper.base, range(900)))[:-30], content_type="application/gzip"
    )
    report = (outcome := desk.run(desk.sitemap())).report
    assert outcome.numbers == [0, 1]
    assert (report.outcome, report.watermarks, len(report.warnings)) == ("partial", (), 3)


def test_what_stands_too_deep_is_told(paper: Newspaper, desk: Desk) -> None:
    """Indexes of indexes are read to a depth, also where they go round; how many sitemaps lie below it is a warning."""
    paper.put_articles(range(1))
    names = ["/sitemap.xml", "/i1.xml", "/i2.xml", "/i3.xml", "/s.xml"]
    for name, below in itertools.pairwise(names):
        parts = "".join(f"<sitemap><loc>{paper.base}{each}</loc></sitemap>" for each in (below, names[0]))
        paper.put(name, f"<sitemapindex>{parts}</sitemapindex>".encode(), content_type=XML)
    paper.put("/s.xml", sitemap(paper.base, range(1)), content_type=XML)
    outcome = desk.run(desk.sitemap())
    (told,) = [each for each in outcome.report.warnings if "are not read" in each]
    assert told.startswith("1 sitemaps below")
    assert (outcome.numbers, paper.asked().keys() >= {*names[:4]}) == ([], True)


def test_a_feed_in_place_of_a_sitemap(paper: Newspaper, desk: Desk) -> None:
    """A feed is a sitemap, too."""
    paper.put_articles(range(2))
    paper.put("/sitemap.xml", rss(paper.base, range(2)), content_type=XML)
    assert desk.run(desk.sitemap()).numbers == [0, 1]


def test_a_ring_of_indexes_ends(paper: Newspaper, desk: Desk) -> None:
    """An index that names itself is read once."""
    put_index(paper, "/sitemap.xml")
    assert desk.run(desk.sitemap()).documents == []
    assert paper.asked()["/sitemap.xml"] == 1


def test_a_changed_lastmod_brings_a_page_back(paper: Newspaper, desk: Desk) -> None:
    """A page whose lastmod moved is asked for again once it is of age, and not before."""
    paper.put_articles(range(2))
    paper.put("/sitemap.xml", sitemap(paper.base, range(2), lastmod="2031-05-01"), content_type=XML)
    source = desk.sitemap(recheck_for_days=0)
    desk.run(source)
    paper.put("/sitemap.xml", sitemap(paper.base, range(2), lastmod="2031-06-01"), content_type=XML)
    desk.run(source)
    assert paper.asked()["/news/1"] == 0
    desk.later(hours=24)
    paper.put("/sitemap.xml", sitemap(paper.base, range(2), lastmod="2031-06-02"), content_type=XML)
    desk.run(source)
    assert paper.asked()["/news/1"] == 1


def test_a_backfill_takes_its_period_and_leaves_the_watermark(paper: Newspaper, desk: Desk) -> None:
    """Only pages of the period come; no state of the listing and no watermark is written; undated ones are told."""
    paper.put_articles(range(4))
    old, new = (
        sitemap(paper.base, [0, 1], lastmod="2031-03-10"),
        sitemap(paper.base, [2], lastmod="2031-05-10"),
    )
    urls = old[old.index(b"<url>") : -9] + new[new.index(b"<url>") : -9]
    paper.put(
        "/sitemap.xml", b"<urlset>" + urls + f"<url><loc>{paper.base}/news/3</loc></url></urlset>".encode()
    )
    march = Period(datetime(2031, 3, 1, tzinfo=UTC), datetime(2031, 3, 31, tzinfo=UTC))
    outcome = desk.run(desk.sitemap(), period=march)
    assert outcome.numbers == [0, 1]
    assert outcome.report.is_backfill
    assert outcome.report.watermarks == ()
    assert any("1 entries bear no date" in warning for warning in outcome.report.warnings)
    assert not [i for i in outcome.items if isinstance(i, UrlState) and i.role == "listing"]
    running = desk.run(desk.sitemap())
    assert running.numbers == [2, 3]
    assert [mark.watermark_at for mark in running.report.watermarks] == [START]


def test_watermarks_are_of_our_clock(paper: Newspaper, desk: Desk) -> None:
    """A publisher's date, however far ahead, moves nothing: what comes later with an older date still comes."""
    paper.put_articles(range(2))
    paper.put("/sitemap.xml", sitemap(paper.base, [0], lastmod="2099-01-01"), content_type=XML)
    assert [m.watermark_at for m in desk.run(desk.sitemap()).report.watermarks] == [START]
    paper.put("/sitemap.xml", sitemap(paper.base, [1], lastmod="1999-01-01"), content_type=XML)
    assert desk.run(desk.sitemap()).numbers == [1]


def test_a_run_with_a_limit_goes_on_next_time(paper: Newspaper, desk: Desk) -> None:
    """A source that stops after a number of pages takes up the rest in its next run."""
    paper.put_articles(range(5))
    paper.put("/sitemap.xml", sitemap(paper.base, range(5)), content_type=XML, etag='"one"')
    source = desk.sitemap(max_pages=3)
    first = desk.run(source)
    assert (len(first.numbers), first.report.outcome) == (3, "partial")
    assert sorted(first.numbers + desk.run(source).numbers) == list(range(5))
