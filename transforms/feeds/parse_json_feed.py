"""Enters: the bytes of a JSON Feed (jsonfeed.org, versions 1 and 1.1). Leaves: a Feed."""

import json
import re
from html import escape
from typing import Any

from copydesk.transforms.feeds.feed import Entry, Feed, NotAFeedError, clean_text, iso_date, resolve_link

_MAX_DIGITS = 1_000
_TOKEN = re.compile(r'"(?P<string>(?:[^"\\]++|\\.)*+)"|(?P<mark>[\[\]{},])', re.DOTALL)
_ITEMS_DEPTH = 2
"""Inside the feed's object, and the list in it."""

_UNREADABLE = (ValueError, RecursionError)


def parse_json_feed(payload: bytes, *, url: str | None = None) -> Feed:
    """Read a JSON Feed; items without an address keep their id alone, and what is no item is given back as it is."""
    data, items, lost = _read_items(payload.decode("utf-8-sig", "replace"))
    base = url or clean_text(data.get("home_page_url")) or ""
    return Feed(
        "json",
        clean_text(data.get("title")),
        clean_text(data.get("language")),
        tuple(_entry(item, base, data) for item in items),
        lost=tuple(text.encode("utf-8", "replace") for text in lost),
    )


def _read_items(text: str) -> tuple[dict[str, Any], list[dict[str, Any]], list[str]]:
    """Return the feed, its items, and those that are none or cannot be read; each of them costs itself."""
    try:
        data = _read(text)
    except _UNREADABLE as error:
        return _read_apart(text, f"JSON that cannot be read: {error}")
    items = data.get("items") if isinstance(data, dict) else None
    if not isinstance(items, list):
        raise NotAFeedError("JSON without a list of items")
    if all(isinstance(item, dict) for item in items):
        return data, items, []
    return _read_apart(text, "JSON whose items cannot be told apart")


def _read_apart(text: str, fault: str) -> tuple[dict[str, Any], list[dict[str, Any]], list[str]]:
    found = _split_items(text)
    if found is None:
        raise NotAFeedError(fault)
    try:
        data = _read(found[0])
    except _UNREADABLE:
        raise NotAFeedError(fault) from None
    read = [(each, _read_item(each)) for each in found[1]]
    return data, [item for _, item in read if item is not None], [each for each, item in read if item is None]


def _split_items(text: str) -> tuple[str, list[str]] | None:
    """Return the text with an empty list of items, and the items as they stand; null where no such list ends.

    Only strings and brackets are looked at, one after the other, so that no depth and no fault inside an item matters.
    """
    depth, start, begun, name = 0, None, 0, ""
    items: list[str] = []
    for token in _TOKEN.finditer(text):
        mark = token["mark"]
        if mark is None:
            name = token["string"] if depth == 1 else name
        elif mark in "[{":
            depth += 1
            if start is None and mark == "[" and depth == _ITEMS_DEPTH and name == "items":
                start = begun = token.end()
        elif start is not None and depth == _ITEMS_DEPTH:  # a comma, or the end
            items.append(text[begun : token.start()].strip())
            begun = token.end()
            if mark == "]":
                return text[:start] + text[token.start() :], items if any(items) else []
        if mark is not None and mark in "]}":
            depth -= 1
    return None


def _read_item(text: str) -> dict[str, Any] | None:
    try:
        item = _read(text)
    except _UNREADABLE:
        return None
    return item if isinstance(item, dict) else None


def _read(text: str) -> Any:
    """Read JSON; numbers with so many digits that Python refuses them stay text, and NaN is nothing."""
    return json.loads(text, strict=False, parse_int=_number, parse_constant=lambda _: None)


def _number(text: str) -> int | str:
    return int(text) if len(text) <= _MAX_DIGITS else text


def _entry(item: dict[str, Any], base: str, feed: dict[str, Any]) -> Entry:
    given_id = item.get("id")
    is_number = isinstance(given_id, int | float) and not isinstance(given_id, bool)
    entry_id = clean_text(str(given_id) if is_number else given_id)
    link = clean_text(item.get("url")) or clean_text(item.get("external_url"))
    if link is None and entry_id and entry_id.startswith(("http://", "https://")):
        link = entry_id
    published, updated = clean_text(item.get("date_published")), clean_text(item.get("date_modified"))
    text = clean_text(item.get("content_text"))
    return Entry(
        url=resolve_link(base, link),
        entry_id=entry_id,
        title=clean_text(item.get("title")),
        authors=_authors(item) or _authors(feed),
        published=published,
        published_at=iso_date(published),
        updated=updated,
        language=clean_text(item.get("language")),
        summary_html=clean_text(item.get("summary")),
        content_html=clean_text(item.get("content_html")) or (as_paragraphs(text) if text else None),
        tags=tuple(tag for given in _list(item.get("tags")) if (tag := clean_text(given)))[:50],
    )


def _authors(item: dict[str, Any]) -> tuple[str, ...]:
    people = _list(item.get("authors")) or [item.get("author")]
    names = (clean_text(person.get("name")) for person in people if isinstance(person, dict))
    return tuple(name for name in names if name)


def as_paragraphs(text: str) -> str:
    """Return a plain text as HTML, a paragraph for each of its lines."""
    return "".join(f"<p>{escape(line.strip())}</p>" for line in text.splitlines() if line.strip())


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []
