"""Enters: the bytes of a feed of any kind, as received. Leaves: a Feed, or the reason why it is none.

feedparser reads the XML kinds; what it leaves out (an address that stands only in the guid, a date it cannot
read) is filled in here.
"""

import io
import re
from html import unescape
from typing import Any

import feedparser

from transforms.feeds.disarm_xml import disarm_xml
from transforms.feeds.feed import Entry, Feed, NotAFeedError
from transforms.feeds.parse_feed_date import parse_feed_date
from transforms.feeds.parse_json_feed import parse_json_feed
from transforms.feeds.resolve_link import resolve_link

_HTML_PAGE = re.compile(
    rb"^\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_FEED_ELEMENT = re.compile(rb"<(?:[\w.-]+:)?(?:rss|feed|rdf|channel|item|entry)\b", re.IGNORECASE)
_SEARCHED_BYTES = 200_000
_MARKUP = re.compile(r"<[^<>]*>")
_WEB = ("http://", "https://")


def parse_feed(payload: bytes, *, url: str | None = None, content_type: str | None = None) -> Feed:
    """Read a feed. `content_type` is the header as sent, for its charset."""
    start = payload[:2_000].lstrip(b"\xef\xbb\xbf \t\r\n\0")
    if not start:
        raise NotAFeedError("empty")
    if start.startswith((b"{", b"[")):
        return parse_json_feed(payload, url=url)
    if _HTML_PAGE.match(start):
        raise NotAFeedError("an HTML page")
    xml = disarm_xml(payload)
    if not _FEED_ELEMENT.search(xml[:_SEARCHED_BYTES]):
        raise NotAFeedError(f"no element of a feed, begins with {start[:60]!r}")
    # The feed's own address is not given: feedparser would resolve guids against it, too.
    headers = {"content-type": content_type or "application/xml"}
    # The stream matters: bytes as such would be tried as the name of a file.
    parsed = feedparser.parse(
        io.BytesIO(xml),
        response_headers=headers,
        sanitize_html=False,
        resolve_relative_uris=False,
    )
    if not parsed.version and not parsed.entries:
        raise NotAFeedError(f"no kind of feed, begins with {start[:60]!r}")
    return _feed(parsed, url)


def _feed(parsed: Any, url: str | None) -> Feed:
    head = parsed.feed
    home = _clean(head.get("link"))
    base = url or home or ""
    problem = str(parsed.get("bozo_exception", ""))[:300] or None if parsed.bozo else None
    feed_authors = _authors(head)
    return Feed(
        kind=parsed.version or "unknown",
        title=_plain(head.get("title")),
        home_url=resolve_link(base, home),
        language=_clean(head.get("language")),
        entries=tuple(_entry(entry, base, feed_authors) for entry in parsed.entries),
        licence=_clean(head.get("license")) or _clean(head.get("rights")),
        problem=problem,
    )


def _entry(entry: Any, base: str, feed_authors: tuple[str, ...]) -> Entry:
    link = _link(entry)
    published = _clean(_first(entry, "published", "created"))
    updated = _clean(_first(entry, "updated"))
    published_at = _iso(published, entry.get("published_parsed"))
    updated_at = _iso(updated, dict.get(entry, "updated_parsed"))
    contents = [c.get("value") or "" for c in entry.get("content", ())]
    summary = _clean(entry.get("summary"))
    return Entry(
        url=resolve_link(base, link),
        entry_id=_clean(entry.get("id")),
        title=_plain(entry.get("title")),
        authors=_authors(entry) or feed_authors,
        published=published or updated,
        published_at=published_at or updated_at,
        updated=updated,
        updated_at=updated_at,
        language=_clean(entry.get("language")),
        summary_html=summary,
        content_html=_clean(max(contents, key=len, default="")),
        tags=tuple(tag["term"] for tag in entry.get("tags", ()) if tag.get("term"))[:50],
        licence=_clean(entry.get("license")) or _clean(entry.get("rights")),
    )


def _link(entry: Any) -> str | None:
    """Choose the page: the address before a tracker's, the link, an alternate, then a guid that is an address."""
    if original := _clean(entry.get("feedburner_origlink")):
        return original
    links = [link for link in entry.get("links", ()) if link.get("href")]
    pages = [link["href"] for link in links if link.get("rel", "alternate") == "alternate"]
    given_id = _clean(entry.get("id")) or ""
    candidates = (
        entry.get("link"),
        *pages,
        given_id if given_id.startswith(_WEB) else None,
        *(link["href"] for link in links if link.get("rel") not in {"enclosure", "replies", "edit", "hub"}),
    )
    return next((found for candidate in candidates if (found := _clean(candidate))), None)


def _authors(item: Any) -> tuple[str, ...]:
    names = [_plain(person.get("name")) for person in item.get("authors", ()) if person]
    names = names if any(names) else [_plain(item.get("author"))]
    return tuple(dict.fromkeys(name for name in names if name))


def _first(entry: Any, *names: str) -> Any:
    # dict.get, because feedparser's own lookup of `updated` falls back to `published`.
    return next((value for name in names if (value := dict.get(entry, name))), None)


def _iso(text: str | None, parsed: Any) -> str | None:
    moment = parse_feed_date(text)
    if moment is None and parsed is not None:
        year, month, day, hour, minute, second = parsed[:6]
        moment = parse_feed_date(f"{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
    return moment.isoformat() if moment else None


def _plain(value: Any) -> str | None:
    text = _clean(value)
    if text is None:
        return None
    if "<" in text and ">" in text:
        text = _MARKUP.sub("", text)
    return _clean(" ".join(unescape(text).split()))


def _clean(value: Any) -> str | None:
    return value.replace("\0", "").strip() or None if isinstance(value, str) else None
