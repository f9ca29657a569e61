"""Enters: the bytes of a JSON Feed (jsonfeed.org, versions 1 and 1.1). Leaves: a Feed."""

import json
from html import escape
from typing import Any

from transforms.feeds.feed import Entry, Feed, NotAFeedError
from transforms.feeds.parse_feed_date import parse_feed_date
from transforms.feeds.resolve_link import resolve_link


def parse_json_feed(payload: bytes, *, url: str | None = None) -> Feed:
    """Read a JSON Feed; items without an address keep their id alone."""
    try:
        data = json.loads(payload.decode("utf-8-sig", "replace"), strict=False)
    except (ValueError, RecursionError) as error:
        raise NotAFeedError(f"JSON that cannot be read: {error}") from None
    items = data.get("items") if isinstance(data, dict) else None
    if not isinstance(items, list):
        raise NotAFeedError("JSON without a list of items")
    base = url or _text(data.get("home_page_url")) or ""
    entries = tuple(_entry(item, base, data) for item in items if isinstance(item, dict))
    return Feed(
        "json",
        _text(data.get("title")),
        _text(data.get("home_page_url")),
        _text(data.get("language")),
        entries,
    )


def _entry(item: dict[str, Any], base: str, feed: dict[str, Any]) -> Entry:
    given_id = item.get("id")
    entry_id = str(given_id) if isinstance(given_id, str | int | float) and str(given_id) else None
    link = _text(item.get("url")) or _text(item.get("external_url"))
    if link is None and entry_id and entry_id.startswith(("http://", "https://")):
        link = entry_id
    published, updated = _text(item.get("date_published")), _text(item.get("date_modified"))
    text = _text(item.get("content_text"))
    return Entry(
        url=resolve_link(base, link),
        entry_id=entry_id,
        title=_text(item.get("title")),
        authors=_authors(item) or _authors(feed),
        published=published,
        published_at=_iso(published),
        updated=updated,
        updated_at=_iso(updated),
        language=_text(item.get("language")),
        summary_html=_text(item.get("summary")),
        content_html=_text(item.get("content_html")) or (_paragraphs(text) if text else None),
        tags=tuple(tag for tag in _list(item.get("tags")) if isinstance(tag, str)),
    )


def _authors(item: dict[str, Any]) -> tuple[str, ...]:
    people = _list(item.get("authors")) or [item.get("author")]
    names = (_text(person.get("name")) for person in people if isinstance(person, dict))
    return tuple(name for name in names if name)


def _paragraphs(text: str) -> str:
    return "".join(f"<p>{escape(line.strip())}</p>" for line in text.splitlines() if line.strip())


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _text(value: object) -> str | None:
    return value.strip() or None if isinstance(value, str) else None


def _iso(value: str | None) -> str | None:
    moment = parse_feed_date(value)
    return moment.isoformat() if moment else None
