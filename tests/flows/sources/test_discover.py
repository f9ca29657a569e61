"""The feeds and sitemaps of a site are found where it names them, else where they usually stand."""

import pytest
from small_newspaper import Newspaper, rss, sitemap

from copydesk.flows.fetch.errors import FetchError
from copydesk.flows.fetch.fetch_settings import FetchSettings
from copydesk.flows.sources.discover import Discovered, discover


def look(paper: Newspaper, path: str = "/") -> list[tuple[str, str, int]]:
    settings = FetchSettings(allow_private_hosts=frozenset({paper.host}))
    found = discover(paper.base + path, settings)
    return [(one.kind, one.url.removeprefix(paper.base), one.entries_count) for one in found]


@pytest.fixture
def site(paper: Newspaper) -> Newspaper:
    paper.put(
        "/",
        b'<link rel="alternate" type="application/rss+xml" href="news.rss"><a href="/feed/sport">S</a><a href=/x>x</a>',
    )
    paper.put("/news.rss", rss(paper.base, range(3)), content_type="application/rss+xml")
    paper.put("/feed/sport", rss(paper.base, range(2)), content_type="text/xml")
    paper.put("/robots.txt", f"Sitemap: {paper.base}/map.xml\nSitemap: {paper.base}/none.xml".encode())
    paper.put("/map.xml", sitemap(paper.base, range(4)), content_type="text/xml")
    return paper


def test_what_the_site_names(site: Newspaper) -> None:
    """Declared and linked feeds and the sitemaps of robots.txt are asked for, and told where they are what they say."""
    assert look(site) == [("feed", "/news.rss", 3), ("feed", "/feed/sport", 2), ("sitemap", "/map.xml", 4)]


def test_where_they_usually_stand(paper: Newspaper) -> None:
    """A site that names none is asked at the usual places; its soft 404s are not taken for feeds."""
    paper.put("/", b"<html><body>Welcome</body></html>")
    paper.put("/rss", b"<html><body>Not found, sorry</body></html>")
    paper.put("/feed.xml", rss(paper.base, range(1)), content_type="text/xml")
    paper.put("/sitemap.xml", sitemap(paper.base, range(2)), content_type="text/xml")
    assert look(paper) == [("feed", "/feed.xml", 1), ("sitemap", "/sitemap.xml", 2)]


def test_a_feed_is_its_own_discovery(site: Newspaper) -> None:
    """The address of a feed is recognised as one, with title, language and newest date."""
    settings = FetchSettings(allow_private_hosts=frozenset({site.host}))
    assert discover(site.base + "/news.rss", settings) == [
        Discovered("feed", site.base + "/news.rss", "Lindmouth Gazette", 3, "2031-05-03T12:30:00+00:00", "en")
    ]


def test_a_site_out_of_reach_is_an_error(paper: Newspaper) -> None:
    """An address that gives nothing says why."""
    with pytest.raises(FetchError):
        look(paper, "/missing")
