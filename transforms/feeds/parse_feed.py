"""Enters: the bytes of a feed of any kind, as received. Leaves: a Feed, or the reason why it is none.

feedparser reads the XML kinds; an address that stands only in the guid is filled in here, and dates are read by our
own reader, since feedparser's guesses (of "202405" it makes 27 August 2020).
"""

import re
from dataclasses import replace
from html import unescape
from typing import Any

from copydesk.transforms.charsets.decode import is_plainly_utf8
from copydesk.transforms.charsets.mend_xml import mend_references
from copydesk.transforms.feeds.feed import Entry, Feed, NotAFeedError, clean_text, iso_date, resolve_link
from copydesk.transforms.feeds.parse_json_feed import as_paragraphs, parse_json_feed
from copydesk.transforms.feeds.read_feed_xml import disarm_xml, read_feed_xml

_HTML_PAGE = re.compile(
    rb"^\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_FEED_ELEMENT = re.compile(rb"<(?:[\w.-]+:)?(?:rss|feed|rdf|channel|item|entry)\b", re.IGNORECASE)
_SEARCHED_BYTES = 200_000
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_MARKUP = re.compile(r"<[^<>]*>")
_FULL_TEXTS = ("yandex_full-text", "turbo_content")
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
    said = _CHARSET.search(content_type or "")
    xml = mend_references(disarm_xml(payload, charset=said[1] if said else None))
    if not _FEED_ELEMENT.search(xml[:_SEARCHED_BYTES]):
        raise NotAFeedError(f"no element of a feed, begins with {start[:60]!r}")
    utf8 = "application/xml; charset=utf-8"
    parsed, lost = read_feed_xml(xml, content_type=utf8 if is_plainly_utf8(xml) else content_type)
    if not parsed.version and not parsed.entries:
        raise NotAFeedError(f"no kind of feed, begins with {start[:60]!r}")
    return replace(_feed(parsed, url), lost=lost)


def _feed(parsed: Any, url: str | None) -> Feed:
    head = parsed.feed
    base = url or clean_text(head.get("link")) or ""
    feed_authors = _authors(head)
    return Feed(
        kind=parsed.version or "unknown",
        title=_plain(head.get("title")),
        language=clean_text(head.get("language")),
        entries=tuple(_entry(entry, base, feed_authors) for entry in parsed.entries),
        licence=clean_text(head.get("license")) or clean_text(head.get("rights")),
    )


def _entry(entry: Any, base: str, feed_authors: tuple[str, ...]) -> Entry:
    link = _link(entry)
    published = clean_text(_first(entry, "published", "created"))
    updated = clean_text(_first(entry, "updated"))
    contents = [c.get("value") or "" for c in entry.get("content", ())]
    full_texts = [text for name in _FULL_TEXTS if (text := entry.get(name))]
    contents += [text if _MARKUP.search(text) else as_paragraphs(text) for text in full_texts]
    # Where a feed gives no summary, feedparser takes the content for it.
    summary = clean_text(entry.get("summary")) if "summary_detail" in entry else None
    return Entry(
        url=resolve_link(base, link),
        entry_id=clean_text(entry.get("id")),
        title=_plain(entry.get("title")),
        authors=_authors(entry) or feed_authors,
        published=published or updated,
        published_at=iso_date(published or updated),
        updated=updated,
        language=clean_text(entry.get("language")),
        summary_html=summary,
        content_html=clean_text(max(contents, key=len, default="")),
        tags=tuple(term for tag in entry.get("tags", ()) if (term := clean_text(tag.get("term"))))[:50],
        licence=clean_text(entry.get("license")) or clean_text(entry.get("rights")),
        unpublished=_unpublished(entry),
    )


def _unpublished(entry: Any) -> str | None:
    status, kind = clean_text(entry.get("wp_status")), clean_text(entry.get("wp_post_type"))
    is_published = (status or "publish") == "publish" and (kind or "post") == "post"
    return None if is_published else f"a {kind or 'post'} of WordPress with the status {status}"


def _link(entry: Any) -> str | None:
    """Choose the page: the address before a tracker's, the link, an alternate, then a guid that is an address."""
    if original := clean_text(entry.get("feedburner_origlink")):
        return original
    links = [link for link in entry.get("links", ()) if link.get("href")]
    pages = [link["href"] for link in links if link.get("rel", "alternate") == "alternate"]
    given_id = clean_text(entry.get("id")) or ""
    candidates = (
        entry.get("link"),
        *pages,
        given_id if given_id.startswith(_WEB) else None,
        *(link["href"] for link in links if link.get("rel") not in {"enclosure", "replies", "edit", "hub"}),
    )
    return next((found for candidate in candidates if (found := clean_text(candidate))), None)


def _authors(item: Any) -> tuple[str, ...]:
    names = [_plain(person.get("name")) for person in item.get("authors", ()) if person]
    names = names if any(names) else [_plain(item.get("author"))]
    return tuple(dict.fromkeys(name for name in names if name))


def _first(entry: Any, *names: str) -> Any:
    # dict.get, because feedparser's own lookup of `updated` falls back to `published`.
    return next((value for name in names if (value := dict.get(entry, name))), None)


def _plain(value: Any) -> str | None:
    text = clean_text(value)
    if text is None:
        return None
    if "<" in text and ">" in text:
        text = _MARKUP.sub("", text)
    return clean_text(" ".join(unescape(text).split()))
