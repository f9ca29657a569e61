"""Find the feeds and sitemaps of a site: what its page and its robots.txt name, else where they usually stand."""

import asyncio
import io
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from itertools import islice

from copydesk.flows.fetch.address import is_web_address, parse_address, split_login
from copydesk.flows.fetch.errors import FetchError
from copydesk.flows.fetch.exchange import HttpRequest, HttpResponse, Tally
from copydesk.flows.fetch.fetch_settings import FetchSettings
from copydesk.flows.fetch.fetcher import Fetcher
from copydesk.flows.sources.acquire_sitemap import pieces_of
from copydesk.flows.sources.limited import LimitedPool, LimitError
from copydesk.flows.sources.source import Source, name_of_address
from copydesk.schemas.enums import SourceKind
from copydesk.schemas.user_error import UserError
from copydesk.transforms.feeds.feed import NotAFeedError
from copydesk.transforms.feeds.find_feed_links import find_feed_links
from copydesk.transforms.feeds.parse_feed import parse_feed
from copydesk.transforms.sitemaps.read_sitemap import NotASitemapError, read_sitemap

USUAL_FEEDS = ("/feed", "/rss", "/feed.xml", "/rss.xml", "/atom.xml", "/index.xml", "/feed.json")
USUAL_SITEMAPS = ("/sitemap.xml", "/sitemap_index.xml", "/news-sitemap.xml")
_MOST_ASKED = 30
_COUNTED = 50_000


@dataclass(frozen=True, slots=True)
class Discovered:
    """A feed or sitemap that answered as one: how many entries it shows, and the newest date it gives."""

    kind: SourceKind
    url: str
    title: str | None
    entries_count: int
    newest_at: str | None
    language: str | None

    @property
    def source(self) -> Source:
        """What it is in a source list."""
        name = name_of_address(self.url)
        return Source(name, self.kind, url=self.url, publisher=self.title, language=self.language)


def discover(url: str, settings: FetchSettings) -> list[Discovered]:
    """Return the feeds and sitemaps of the site at an address, feeds first; raise FetchError if it is out of reach."""
    with closing(LimitedPool()) as pool:
        return asyncio.run(_discover(url, settings, pool))


def recognise(url: str, settings: FetchSettings) -> SourceKind | None:
    """Return whether an address answers as a feed or a sitemap; None for any other page. Raises UserError."""
    try:
        with closing(LimitedPool()) as pool:
            found = asyncio.run(_look_at(url, settings, pool))
    except FetchError as error:
        raise UserError(f"cannot be read: {error}") from error
    return found.kind if found else None


async def _look_at(url: str, settings: FetchSettings, pool: LimitedPool) -> Discovered | None:
    async with Fetcher(settings) as fetcher:
        bare, login = split_login(url)
        answer = await fetcher.fetch(HttpRequest(bare, max_bytes=settings.max_listing_bytes, login=login))
        return await _recognise(answer, pool)


async def _discover(url: str, settings: FetchSettings, pool: LimitedPool) -> list[Discovered]:
    async with Fetcher(settings) as fetcher:
        start = await fetcher.fetch(HttpRequest(url, max_bytes=settings.max_listing_bytes))
        itself = await _recognise(start, pool)
        if itself is not None:
            return [itself]
        origin = parse_address(start.final_url).origin
        links = await _named_feeds(start, pool)
        feeds = await _ask_all(fetcher, pool, links or [origin + path for path in USUAL_FEEDS])
        named = await _named_sitemaps(fetcher, origin)
        sitemaps = await _ask_all(fetcher, pool, named or [origin + path for path in USUAL_SITEMAPS])
    found = {one.url: one for one in [*feeds, *sitemaps]}
    return sorted(found.values(), key=lambda one: one.kind)


async def _named_feeds(start: HttpResponse, pool: LimitedPool) -> list[str]:
    try:
        return await pool.run(partial(find_feed_links, url=start.final_url), start.body)
    except LimitError:
        return []


async def _named_sitemaps(fetcher: Fetcher, origin: str) -> list[str]:
    try:
        named = await fetcher.sitemaps_of(origin, Tally())
    except FetchError:
        return []
    return [name for name in named if is_web_address(name)]


async def _ask_all(fetcher: Fetcher, pool: LimitedPool, urls: Iterable[str]) -> list[Discovered]:
    found = []
    for url in islice(dict.fromkeys(urls), _MOST_ASKED):
        try:
            response = await fetcher.fetch(HttpRequest(url, max_bytes=fetcher.settings.max_listing_bytes))
        except FetchError:
            continue
        one = await _recognise(response, pool)
        if one is not None:
            found.append(one)
    return found


async def _recognise(response: HttpResponse, pool: LimitedPool) -> Discovered | None:
    """Read an answer as a feed or a sitemap, in a worker; null where it is neither."""
    content_type = response.headers.get("content-type")
    try:
        return await pool.run(_read, response.body, response.final_url, content_type)
    except LimitError:
        return None


def _read(body: bytes, url: str, content_type: str | None) -> Discovered | None:
    try:
        feed = parse_feed(body, url=url, content_type=content_type)
    except NotAFeedError:
        return _read_sitemap(body, url)
    newest = max((entry.published_at for entry in feed.entries if entry.published_at), default=None)
    return Discovered(SourceKind.FEED, url, feed.title, len(feed.entries), newest, feed.language)


def _read_sitemap(body: bytes, url: str) -> Discovered | None:
    if not body.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(
        (b"<?xml", b"<urlset", b"<sitemapindex", b"\x1f\x8b")
    ):
        return None
    try:
        listed = list(islice(read_sitemap(pieces_of(io.BytesIO(body), 10 * len(body) + 1_000_000)), _COUNTED))
    except (NotASitemapError, FetchError):
        return None
    newest = max((one.lastmod for one in listed if one.lastmod), default=None)
    return Discovered(SourceKind.SITEMAP, url, None, len(listed), newest, None)
