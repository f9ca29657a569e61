"""Reads a saved feed: the entries whose text it carries; the articles of an agency. A sitemap holds no text.

Agencies, archives and trafilatura give articles as NITF, NewsML-G2, newsitem and doc.
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import Any

from lxml import etree

from copydesk.flows.fetch.errors import FetchError
from copydesk.flows.read.format_of import guess_format
from copydesk.flows.read.open_file import Opener
from copydesk.flows.read.raw_document import Arrival, RawDocument
from copydesk.flows.read.read_row import Carrier, read_row
from copydesk.flows.sources.limited import LimitedPool, LimitError
from copydesk.flows.sources.list_entries import list_entries
from copydesk.flows.sources.listed import Listed, TextPlace
from copydesk.flows.sources.page_document import content_document
from copydesk.flows.sources.source import Source
from copydesk.schemas.enums import SourceKind
from copydesk.schemas.reasons import Reason
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
        yield carrier.refuse(None, Reason.TOO_LARGE, f"the file is larger than {FEED_CAP_BYTES} bytes")
        return
    if guess_format(payload[:4_096]) == ".html":
        yield RawDocument(carrier.source_id, carrier.origin, payload, "text/html", carrier.fetched_at)
        return
    try:
        # In a worker with limits: parsers of feeds have been hung and blown up by feeds.
        feed = pool.wait(_parse, payload)
    except LimitError as error:
        yield carrier.refuse(None, error.reason, error.detail)
        return
    yield from _of_feed(feed, carrier) if isinstance(feed, Feed) else _of_others(feed, carrier)


def _of_others(found: tuple[dict[str, Any], ...] | list[str] | str, carrier: Carrier) -> Iterator[Arrival]:
    match found:
        case str():
            yield carrier.refuse(None, Reason.NOT_A_FEED, found)
        case tuple():
            for number, row in enumerate(found, 1):
                yield read_row(row, number, carrier)
        case _ if carrier.wishes.fetches:
            for number, url in enumerate(found, 1):
                yield carrier.refuse(number, Reason.NO_TEXT, "an address of a sitemap", url=url)
        case _:
            told = f"a sitemap of {len(found):,} addresses, without their texts; --fetch asks for the pages"
            yield carrier.refuse(None, Reason.NO_TEXT, told)


def _of_feed(feed: Feed, carrier: Carrier) -> Iterator[Arrival]:
    for draft in feed.entries:
        if draft.unpublished:
            yield carrier.refuse(
                None, Reason.NOT_PUBLISHED, f"{draft.title}: {draft.unpublished}", url=draft.url
            )
    feed = replace(feed, entries=tuple(each for each in feed.entries if not each.unpublished))
    source = Source(carrier.source_id, SourceKind.FEED, publisher=feed.title)
    listed = list_entries(feed, carrier.origin, fetches_pages=True, known={})
    for number, entry in enumerate(listed, 1):
        document = content_document(source, entry, fetched_at=carrier.fetched_at, robots_decision=None)
        if document is None:
            url = _link(entry)
            told = f"an entry with a teaser alone; its page is at {url}; --fetch asks for it"
            yield carrier.refuse(number, Reason.NO_TEXT, told, url=url)
        else:
            # Its name within the feed is the entry's, so that one that moves down stays what it is.
            yield replace(document, origin=_name(entry, carrier), url=_link(entry), line=number)
    for raw in feed.lost:
        yield carrier.refuse(None, Reason.BROKEN_ENTRY, "an entry that no parser reads", raw)


def _name(entry: Listed, carrier: Carrier) -> str:
    return entry.key if entry.key.startswith(f"{carrier.origin}#") else f"{carrier.origin}#{entry.key}"


def _link(entry: Listed) -> str | None:
    return entry.url if entry.text_place is TextPlace.PAGE else entry.metadata.get("link")


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


_ARTICLES = etree.XPath(
    "descendant-or-self::*[self::nitf or self::newsitem or self::doc[main] or self::iptc:newsItem]"
    "[not(ancestor::iptc:newsItem)]",
    namespaces={"iptc": "http://iptc.org/std/nar/2006-10-01/"},
)
_FIELDS = {
    "title": ("hedline/hl1", "hedline", "headline", "title", "@title"),
    "authors": ("byline", "by", "@author"),
    "id": ("doc-id@id-string", "@guid", "@itemid"),
    "url": ("pubdata@ex-ref", "@url", "@source"),
    "date": (
        *("pubdata@date.publication", "date.issue@norm", "firstCreated", "contentCreated", "versionCreated", "@date"),
    ),
    "source": (
        *("pubdata@name", "doc.copyright@holder", "provider/name", "copyrightHolder/name", "@sitename", "@hostname"),
    ),
    "language": ("@{http://www.w3.org/XML/1998/namespace}lang", "@language"),
}  # fmt: skip
"""Where a field stands, in order: elements, @attribute."""

# The New York Times' annotated corpus gives the lead twice, in a block of its own and in that of the full text.
_BODIES = (".//block[@class='full_text']", ".//body.content", ".//{*}inlineXML", "./text", "./main")
_PARAGRAPHS = ("{*}p", "{*}hl2")


def read_wire_xml(payload: bytes) -> tuple[dict[str, Any], ...]:
    """Return the articles of a document as rows; none where it is of another kind."""
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, huge_tree=False)
    root = etree.fromstring(payload, parser) if payload.strip() else None
    return () if root is None else tuple(map(_row, _ARTICLES(root)))


def _row(article: Any) -> dict[str, Any]:
    fields = {
        name: next((found for place in places if (found := _found(article, place))), None)
        for name, places in _FIELDS.items()
    }
    body = next((found for place in _BODIES if (found := article.find(place)) is not None), None)
    if body is not None and body.tag == "main":  # headings, lists and quotes stand beside its paragraphs
        paragraphs = [_text(each) for each in body]
    else:
        paragraphs = [] if body is None else [_text(each) for each in body.iter(*_PARAGRAPHS)]
    return fields | {"text": "\n\n".join(filter(None, paragraphs or [_text(body)]))}


def _found(article: Any, place: str) -> str | None:
    names, _, attribute = place.partition("@")
    element = (
        article.find(".//" + "/".join(f"{{*}}{name}" for name in names.split("/"))) if names else article
    )
    if element is None:
        return None
    return element.get(attribute) if attribute else _text(element)


def _text(element: Any) -> str:
    return "" if element is None else " ".join("".join(element.itertext()).split())
