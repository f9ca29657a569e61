"""A feed: ask for it, parse it in a worker, ask for the pages of its new entries."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict

from flows.fetch.ask import Fetched
from flows.fetch.errors import FetchError
from flows.sources.acquire_pages import acquire_content, acquire_pages
from flows.sources.errors import SourceError
from flows.sources.limited import LimitError
from flows.sources.listed import Listed, from_entry
from flows.sources.read_listing import Listing, finish_listing, read_listing
from flows.sources.source_run import SourceRun
from transforms.feeds.feed import Entry, Feed, NotAFeedError
from transforms.feeds.parse_feed import parse_feed


async def acquire_feed(run: SourceRun, url: str) -> bool:
    """Bring in what is new in a feed and what is due; return whether the feed itself was unchanged."""
    listing = await read_listing(run, url)
    if listing.fetched is None:
        await finish_listing(run, listing, None)
    else:
        await take_feed(run, listing, listing.fetched)
    if run.source.fetches_pages:
        await acquire_pages(run, await run.plan_due())
    return listing.fetched is None


async def take_feed(run: SourceRun, listing: Listing, fetched: Fetched) -> None:
    """Bring in what is new among the entries of a feed that was received."""
    feed = await parse_in_worker(run, listing.url, fetched)
    run.has_full_listing = True
    jobs = await run.plan(_listed(feed, listing.url))
    await (acquire_pages if run.source.fetches_pages else acquire_content)(run, jobs)
    await finish_listing(run, listing, entries_sha256(feed.entries))


async def parse_in_worker(run: SourceRun, url: str, fetched: Fetched) -> Feed:
    """Parse within the limits of a worker; what is no feed, or takes too much, ends the source for this run."""
    content_type = fetched.headers.get("content-type")
    payload = fetched.body
    try:
        return await run.pool.run_async(_parse, payload, fetched.final_url, content_type)
    except NotAFeedError as error:
        raise SourceError("not_a_feed", f"{url}: {error}", payload=payload) from None
    except LimitError as error:
        raise SourceError(f"feed_{error.reason}", f"{url}: {error.detail}", payload=payload) from None


def _parse(payload: bytes, url: str, content_type: str | None) -> Feed:
    return parse_feed(payload, url=url, content_type=content_type)


def _listed(feed: Feed, url: str) -> list[Listed]:
    listed = []
    for entry in feed.entries:
        try:
            listed.append(from_entry(entry, feed, url))
        except FetchError:  # an address that is none, such as a mailto: link
            continue
    return listed


def entries_sha256(entries: Iterable[Entry]) -> str:
    """Hash the entries in an order of their own, so that a feed that only shuffles counts as the same."""
    lines = sorted(json.dumps(asdict(entry), sort_keys=True) for entry in entries)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
