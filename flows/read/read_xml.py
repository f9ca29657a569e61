"""Reads a saved feed: the entries whose text it carries; the articles of an agency. A sitemap holds no text."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import Any

from copydesk.flows.fetch.errors import FetchError
from copydesk.flows.read.format_of import guess_format
from copydesk.flows.read.open_file import Opener
from copydesk.flows.read.raw_document import Arrival, RawDocument
from copydesk.flows.read.read_row import Carrier, read_row
from copydesk.flows.read.read_wire_xml import read_wire_xml
from copydesk.flows.sources.limited import LimitedPool, LimitError
from copydesk.flows.sources.list_entries import list_entries
from copydesk.flows.sources.listed import Listed, Stand
from copydesk.flows.sources.page_document import content_document
from copydesk.flows.sources.source import Source
from copydesk.schemas.enums import SourceKind
from copydesk.transforms.feeds.feed import Feed, NotAFeedError
from copydesk.transforms.feeds.parse_feed import parse_feed
from copydesk.transforms.sitemaps.read_sitemap import ListedPage, NotASitemapError, read_sitemap

MOST_ADDRESSES = 50_000
"""As many as sitemaps.org allows in one file."""

FEED_CAP_BYTES = 100 * 10**6
"""As much as is taken of a listing on the network."""


def read_xml(open_: Opener, carrier: Carrier, pool: LimitedPool) -> Iterator[Arrival]:
    """Yield a document of each entry with a text; what has none is refused with its address."""
    with open_() as stream:
        payload = stream.read(FEED_CAP_BYTES + 1)
    if len(payload) > FEED_CAP_BYTES:
        yield carrier.refuse(None, "too_large", f"the file is larger than {FEED_CAP_BYTES} bytes")
        return
    if guess_format(payload[:4_096]) == ".html":
        yield RawDocument(carrier.source_id, carrier.origin, payload, "text/html", carrier.fetched_at)
        return
    try:
        # In a worker with limits: parsers of feeds have been hung and blown up by feeds.
        feed = pool.wait(_parse, payload)
    except LimitError as error:
        yield carrier.refuse(None, f"feed_{error.reason}", error.detail)
        return
    yield from _of_feed(feed, carrier) if isinstance(feed, Feed) else _of_others(feed, carrier)


def _of_others(found: tuple[dict[str, Any], ...] | list[str] | str, carrier: Carrier) -> Iterator[Arrival]:
    match found:
        case str():
            yield carrier.refuse(None, "not_a_feed", found)
        case tuple():
            for number, row in enumerate(found, 1):
                yield read_row(row, number, carrier)
        case _ if carrier.wishes.fetches:
            for number, url in enumerate(found, 1):
                yield carrier.refuse(number, "no_text", "an address of a sitemap", url=url)
        case _:
            told = f"a sitemap of {len(found):,} addresses, without their texts; --fetch asks for the pages"
            yield carrier.refuse(None, "no_text", told)


def _of_feed(feed: Feed, carrier: Carrier) -> Iterator[Arrival]:
    for draft in feed.entries:
        if draft.unpublished:
            yield carrier.refuse(None, "not_published", f"{draft.title}: {draft.unpublished}", url=draft.url)
    feed = replace(feed, entries=tuple(each for each in feed.entries if not each.unpublished))
    source = Source(carrier.source_id, SourceKind.FEED, publisher=feed.title)
    listed = list_entries(feed, carrier.origin, fetches_pages=True, known={})
    for number, entry in enumerate(listed, 1):
        document = content_document(source, entry, fetched_at=carrier.fetched_at, robots_decision=None)
        if document is None:
            url = _link(entry)
            told = f"an entry with a teaser alone; its page is at {url}; --fetch asks for it"
            yield carrier.refuse(number, "no_text", told, url=url)
        else:
            # Its name within the feed is the entry's, so that one that moves down stays what it is.
            yield replace(document, origin=_name(entry, carrier), url=_link(entry), line=number)
    for raw in feed.lost:
        yield carrier.refuse(None, "broken_entry", "an entry that no parser reads", raw)


def _name(entry: Listed, carrier: Carrier) -> str:
    return entry.key if entry.key.startswith(f"{carrier.origin}#") else f"{carrier.origin}#{entry.key}"


def _link(entry: Listed) -> str | None:
    return entry.url if entry.stand is Stand.PAGE else entry.metadata.get("link")


def _parse(payload: bytes) -> Feed | tuple[dict[str, Any], ...] | list[str] | str:
    """Return the feed, or the articles of an agency, or the addresses of a sitemap, or what the file is instead."""
    try:
        return parse_feed(payload)
    except NotAFeedError as error:
        told = str(error)
    if rows := read_wire_xml(payload):
        return rows
    try:
        listed = list(islice(read_sitemap([payload]), MOST_ADDRESSES))
    except (NotASitemapError, FetchError):
        return f"no feed, no sitemap, no article as NITF or NewsML-G2: {told}"
    return [one.url for one in listed if isinstance(one, ListedPage)]
