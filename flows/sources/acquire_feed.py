"""A feed: ask for it, parse it in a worker, ask for the pages of its new entries."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from functools import partial

from copydesk.flows.fetch.exchange import HttpResponse
from copydesk.flows.read.raw_document import Refused
from copydesk.flows.sources.acquire_pages import acquire_content, acquire_pages
from copydesk.flows.sources.limited import LimitError
from copydesk.flows.sources.list_entries import entry_names, list_entries
from copydesk.flows.sources.listed import TextPlace
from copydesk.flows.sources.plan_pages import PageJob
from copydesk.flows.sources.read_listing import Listing, finish_listing, read_listing
from copydesk.flows.sources.source_run import SourceError, SourceRun
from copydesk.schemas.reasons import Reason
from copydesk.transforms.feeds.feed import Entry, Feed, NotAFeedError
from copydesk.transforms.feeds.parse_feed import parse_feed


async def acquire_feed(run: SourceRun) -> bool:
    """Bring in what is new in a feed and what is due; return whether the feed itself was unchanged."""
    listing = await read_listing(run, run.source.url or "")
    if listing.response is None:
        await finish_listing(run, listing, None)
    else:
        await take_feed(run, listing, listing.response)
    if run.source.fetches_pages:
        await _acquire(run, await run.plan_due())
    return listing.response is None


async def take_feed(run: SourceRun, listing: Listing, response: HttpResponse) -> None:
    """Bring in what is new among the entries of a feed that was received."""
    feed = await parse_in_worker(run, listing.url, response)
    run.has_full_listing = True
    known = {} if run.source.fetches_pages else await run.look_up_all(entry_names(feed, listing.url))
    listed = list_entries(feed, listing.url, fetches_pages=run.source.fetches_pages, known=known)
    await _acquire(run, await run.plan(listed))
    await _refuse_lost(run, listing.url, feed.lost)
    await finish_listing(run, listing, entries_sha256(feed.entries))


async def _refuse_lost(run: SourceRun, url: str, lost: Sequence[bytes]) -> None:
    """Put each entry that no parser reads on record as it stands; the others came in."""
    source_id, now = run.source.source_id, run.clock()
    for raw in lost:
        origin = f"{url}#{hashlib.sha256(raw).hexdigest()[:16]}"
        detail = "an entry that no parser reads"
        row = Refused(source_id, origin, Reason.BROKEN_ENTRY, detail, now, payload=raw, step="fetch", url=url)
        await run.hand_over([row], size_bytes=len(raw))
    for name in ("entries_seen_count", "refused_count"):
        run.counts[name] += len(lost)


async def parse_in_worker(run: SourceRun, url: str, response: HttpResponse) -> Feed:
    """Parse within the limits of a worker; what is no feed, or takes too much, ends the source for this run."""
    payload = response.body
    parse = partial(parse_feed, url=response.final_url, content_type=response.headers.get("content-type"))
    try:
        return await run.pool.run(parse, payload)
    except NotAFeedError as error:
        raise SourceError(Reason.NOT_A_FEED, f"{url}: {error}", payload=payload) from None
    except LimitError as error:
        raise SourceError(error.reason, f"{url}: {error.detail}", payload=payload) from None


async def _acquire(run: SourceRun, jobs: Sequence[PageJob]) -> None:
    """Ask for the pages of entries, and take the others from the feed's own text."""
    pages: list[PageJob] = []
    texts: list[PageJob] = []
    for job in jobs:
        has_page = run.source.fetches_pages and job.listed.text_place is TextPlace.PAGE
        (pages if has_page else texts).append(job)
    await acquire_pages(run, pages)
    await acquire_content(run, texts)


def entries_sha256(entries: Iterable[Entry]) -> str:
    """Hash the entries in an order of their own, so that a feed that only shuffles counts as the same."""
    lines = sorted(json.dumps(asdict(entry), sort_keys=True) for entry in entries)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
