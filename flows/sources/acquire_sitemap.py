"""A sitemap: ask for it and for the sitemaps that it names, then for their new pages, batch by batch."""

import hashlib
import json
from collections import deque
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import BinaryIO, TypeVar
from urllib.parse import urljoin

from copydesk.flows.fetch.decode_body import decode_body
from copydesk.flows.fetch.errors import FetchError
from copydesk.flows.fetch.exchange import HttpResponse
from copydesk.flows.sources.acquire_feed import take_feed
from copydesk.flows.sources.acquire_pages import PageGroup, acquire_pages
from copydesk.flows.sources.items import UrlState
from copydesk.flows.sources.listed import from_sitemap, page_key
from copydesk.flows.sources.may_speak_for import Refusals, may_name, may_speak_for
from copydesk.flows.sources.read_listing import VERIFY_AFTER, Listing, finish_listing, read_listing
from copydesk.flows.sources.source_run import LOOK_UP_ROWS, SourceError, SourceRun
from copydesk.schemas.reasons import Reason
from copydesk.transforms.feeds.feed import parse_feed_date
from copydesk.transforms.normalise_url import normalise_url
from copydesk.transforms.redact import redact_addresses
from copydesk.transforms.sitemaps.read_sitemap import (
    ListedPage,
    ListedSitemap,
    NotASitemapError,
    read_sitemap,
)

MAX_DEPTH = 3
MAX_SITEMAPS = 5_000
_PIECE_BYTES = 64 * 1024
_FEED_ROOTS = frozenset({"rss", "feed", "rdf"})
Named = TypeVar("Named", ListedPage, ListedSitemap)


async def acquire_sitemap(run: SourceRun) -> bool:
    """Bring in what is new in a sitemap and those below it; return whether all of them were unchanged."""
    url = run.source.url or ""
    waiting: deque[tuple[ListedSitemap, tuple[str, ...]]] = deque([(ListedSitemap(url), (page_key(url),))])
    seen, passed_over = {page_key(url)}, set[str]()
    is_unchanged = True
    while waiting:
        sitemap, above = waiting.popleft()
        depth = len(above) - 1
        try:
            found, was_unchanged = await _acquire_one(run, sitemap, above)
        except (FetchError, SourceError) as error:
            if depth == 0:
                raise
            run.note_failed_part(sitemap.url, error)
            continue
        is_unchanged &= was_unchanged
        for below in found:
            key = page_key(below.url)
            if key in seen or not _may_hold(run, below):
                continue
            if depth < MAX_DEPTH and len(seen) < MAX_SITEMAPS:
                seen.add(key)
                waiting.append((below, (*above, key)))
            else:
                passed_over.add(key)
    if passed_over := passed_over - seen:
        run.warnings.append(
            f"{len(passed_over):,} sitemaps below {url} are not read: {MAX_SITEMAPS:,} are, of {MAX_DEPTH} indexes deep"
        )
    await acquire_pages(run, await run.plan_due())
    return is_unchanged


async def _acquire_one(
    run: SourceRun, sitemap: ListedSitemap, above: tuple[str, ...]
) -> tuple[list[ListedSitemap], bool]:
    """Read one file; return the sitemaps that it names, and whether it is the one that was read before.

    `above` are the normal forms of its own address and of those of the indexes that led to it.
    """
    known = await run.state_of(sitemap.url)
    if known is not None and _is_current(run, known, sitemap):
        return _kept_names(known), True
    listing = await read_listing(run, sitemap.url, hint=sitemap.lastmod)
    if listing.response is None:
        await finish_listing(run, listing, None)
        return _kept_names(listing.state), True
    try:
        found, digest = await _take_pages(run, sitemap.url, listing.response, above)
    except NotASitemapError as error:
        if error.root not in _FEED_ROOTS:
            raise SourceError(Reason.NOT_A_SITEMAP, f"{sitemap.url}: {error}") from None
        await take_feed(run, listing, listing.response)
        return [], False
    run.has_full_listing = True
    names = json.dumps([[below.url, below.lastmod] for below in found]) if found else None
    await finish_listing(run, replace_names(listing, names), digest)
    return found, False


def replace_names(listing: Listing, names: str | None) -> Listing:
    """Keep the names of an index in its state: while it does not change, they are not sent again.

    Where they hold a secret they are not kept, nor what would spare asking for the index in full.
    """
    if names is not None and redact_addresses(names) != names:
        nothing = replace(
            listing.state, etag=None, last_modified=None, body_sha256=None, full_fetched_at=None
        )
        return replace(listing, state=nothing)
    return replace(listing, state=replace(listing.state, entry=names))


async def _take_pages(
    run: SourceRun, url: str, response: HttpResponse, above: tuple[str, ...]
) -> tuple[list[ListedSitemap], str]:
    below: list[ListedSitemap] = []
    digest = hashlib.sha256()
    refusals = Refusals(run, url)
    sitemaps = (*above, page_key(response.final_url))
    listed = read_sitemap(pieces_of(response.file, run.fetcher.settings.max_listing_bytes))
    async with PageGroup(run) as group:
        while batch := list(islice(listed, LOOK_UP_ROWS)):
            pages = []
            for item in batch:
                digest.update(f"{item.url} {item.lastmod}\n".encode())
                key = normalise_url(item.url, base=response.final_url)
                may = may_speak_for if isinstance(item, ListedPage) else may_name
                if key is None or not await may(run, sitemaps, key):
                    refusals.note(item.url, key)
                elif isinstance(item, ListedPage):
                    pages.append(from_sitemap(_in_full(item, response.final_url), url))
                else:
                    below.append(_in_full(item, response.final_url))
            await group.add(await run.plan(pages))
    await refusals.hand_over()
    return below, digest.hexdigest()


def _in_full(item: Named, base: str) -> Named:
    return replace(item, url=urljoin(base, item.url))


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
