"""A sitemap: ask for it and for the sitemaps that it names, then for their new pages, batch by batch."""

import hashlib
import json
from collections import deque
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import BinaryIO

from flows.fetch.decode_body import decode_body
from flows.fetch.errors import FetchError
from flows.sources.acquire_feed import take_feed
from flows.sources.acquire_pages import PageGroup, acquire_pages
from flows.sources.errors import SourceError
from flows.sources.items import UrlState
from flows.sources.listed import Listed, from_sitemap
from flows.sources.read_listing import VERIFY_AFTER, Listing, finish_listing, read_listing
from flows.sources.source_run import LOOK_UP_ROWS, SourceRun
from transforms.feeds.parse_feed_date import parse_feed_date
from transforms.sitemaps.read_sitemap import ListedPage, ListedSitemap, NotASitemapError, read_sitemap

MAX_DEPTH = 3
MAX_SITEMAPS = 5_000
_PIECE_BYTES = 64 * 1024
_FEED_ROOTS = frozenset({"rss", "feed", "rdf"})


async def acquire_sitemap(run: SourceRun, url: str) -> bool:
    """Bring in what is new in a sitemap and those below it; return whether all of them were unchanged."""
    waiting = deque([(ListedSitemap(url), 0)])
    seen = {url}
    is_unchanged = True
    while waiting:
        sitemap, depth = waiting.popleft()
        try:
            found, was_unchanged = await _acquire_one(run, sitemap)
        except (FetchError, SourceError) as error:
            if depth == 0:
                raise
            run.note_failed_part(sitemap.url, error)
            continue
        is_unchanged &= was_unchanged
        for below in found:
            if (
                below.url not in seen
                and depth < MAX_DEPTH
                and len(seen) < MAX_SITEMAPS
                and _may_hold(run, below)
            ):
                seen.add(below.url)
                waiting.append((below, depth + 1))
    await acquire_pages(run, await run.plan_due())
    return is_unchanged


async def _acquire_one(run: SourceRun, sitemap: ListedSitemap) -> tuple[list[ListedSitemap], bool]:
    """Read one file; return the sitemaps that it names, and whether it is the one that was read before."""
    known = await run.state_of(sitemap.url)
    if known is not None and _is_current(run, known, sitemap):
        return _kept_names(known), True
    listing = await read_listing(run, sitemap.url, hint=sitemap.lastmod)
    if listing.fetched is None:
        await finish_listing(run, listing, None)
        return _kept_names(listing.state), True
    try:
        found, digest = await _take_pages(run, sitemap.url, listing.fetched.file)
    except NotASitemapError as error:
        if error.root not in _FEED_ROOTS:
            raise SourceError("not_a_sitemap", f"{sitemap.url}: {error}") from None
        await take_feed(run, listing, listing.fetched)
        return [], False
    run.has_full_listing = True
    names = json.dumps([[below.url, below.lastmod] for below in found]) if found else None
    await finish_listing(run, replace_names(listing, names), digest)
    return found, False


def replace_names(listing: Listing, names: str | None) -> Listing:
    """Keep the names of an index in its state: while it does not change, they are not sent again."""
    return replace(listing, state=replace(listing.state, entry=names))


async def _take_pages(run: SourceRun, url: str, file: BinaryIO) -> tuple[list[ListedSitemap], str]:
    below: list[ListedSitemap] = []
    digest = hashlib.sha256()
    limit = run.fetcher.settings.max_listing_bytes
    listed = read_sitemap(pieces_of(file, limit))
    async with PageGroup(run) as group:
        while batch := list(islice(listed, LOOK_UP_ROWS)):
            pages = []
            for item in batch:
                digest.update(f"{item.url} {item.lastmod}\n".encode())
                if isinstance(item, ListedPage):
                    pages += _page(item, url)
                else:
                    below.append(item)
            await group.add(await run.plan(pages))
    return below, digest.hexdigest()


def _page(page: ListedPage, sitemap_url: str) -> list[Listed]:
    try:
        return [from_sitemap(page, sitemap_url)]
    except FetchError:  # not an address
        return []


def pieces_of(file: BinaryIO, limit: int) -> Iterator[bytes]:
    """Read the file in pieces, unzipped where it is a .gz that was sent as such."""
    is_zipped = file.read(2) == b"\x1f\x8b"
    file.seek(0)
    if is_zipped:
        yield from decode_body(file, "gzip", max_bytes=limit)
        return
    while piece := file.read(_PIECE_BYTES):
        yield piece


def _is_current(run: SourceRun, known: UrlState, sitemap: ListedSitemap) -> bool:
    """Tell whether the index says that the file stands as it was, and was found truthful within a day."""
    if run.period.is_bounded or sitemap.lastmod is None or not known.has_trusted_validators:
        return False
    is_fresh = known.full_fetched_at is not None and known.full_fetched_at + VERIFY_AFTER > run.clock()
    return is_fresh and known.hint == sitemap.lastmod and known.outcome in {"stored", "unchanged"}


def _may_hold(run: SourceRun, sitemap: ListedSitemap) -> bool:
    """Tell whether a sitemap may name pages of a back-fill's period: one last changed before it cannot."""
    changed = parse_feed_date(sitemap.lastmod)
    since = run.period.since
    return since is None or changed is None or changed >= since


def _kept_names(state: UrlState) -> list[ListedSitemap]:
    try:
        return [ListedSitemap(str(url), lastmod) for url, lastmod in json.loads(state.entry or "[]")]
    except ValueError:
        return []
