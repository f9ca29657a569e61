"""Enters: the XML of a feed. Leaves: what feedparser makes of it, and the entries that it fails on.

feedparser fails as a whole on some inputs. Then the entries are given to it in halves, until those that it fails on
stand alone: each costs itself.
"""

import codecs
import io
import re
from collections.abc import Callable
from typing import Any

import feedparser

from copydesk.transforms.charsets.decode import charset_of, decode, is_plainly_utf8
from copydesk.transforms.charsets.mend_xml import DECLARED, declared_charset
from copydesk.transforms.feeds.feed import NotAFeedError

_FIELDS = (
    rb"title|link|guid|id|pubdate|date|published|issued|created|updated|modified|language|rights|licen[sc]e|origlink"
    rb"|status|post_type"
)
_EMPTY = re.compile(
    rb"<((?:[\w.-]{1,40}:)?(?:%s))\s*(?:/>|>(?:\s|<!\[CDATA\[\s*\]\]>)*</\1\s*>)" % _FIELDS, re.IGNORECASE
)
"""A field that says nothing; feedparser has it speak in place of one of the same meaning that does."""
_ENTRY = re.compile(rb"<((?:[\w.-]{1,40}:)?(?:item|entry))\b[^>]*>.*?</\1\s*>", re.IGNORECASE | re.DOTALL)


def read_feed_xml(xml: bytes, *, content_type: str | None) -> tuple[Any, tuple[bytes, ...]]:
    """Return feedparser's record of the feed with all entries that it can read, and the others as they stand."""
    xml = _EMPTY.sub(b"", xml)
    try:
        return _parse(xml, content_type), ()
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 it raises whatever its inputs lead it to
        places = [match.span() for match in _ENTRY.finditer(xml)]
        if not places:
            raise NotAFeedError(f"no parser reads it: {type(error).__name__}: {error}"[:300]) from None
    entries = [xml[start:end] for start, end in places]

    def parse(entries: list[bytes]) -> Any:
        return _parse(b"\n".join([xml[: places[0][0]], *entries, xml[places[-1][1] :]]), content_type)

    try:
        parsed = parse([])
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 as above
        raise NotAFeedError(f"no parser reads its head: {type(error).__name__}: {error}"[:300]) from None
    sound, lost = _sift(parse, entries)
    parsed["entries"] = sound
    return parsed, tuple(lost)


def _sift(parse: Callable[[list[bytes]], Any], entries: list[bytes]) -> tuple[list[Any], list[bytes]]:
    """Return the entries that can be read, and the others."""
    try:
        return list(parse(entries).entries), []
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 as above
        if len(entries) == 1:
            return [], entries
    half = len(entries) // 2
    first, second = _sift(parse, entries[:half]), _sift(parse, entries[half:])
    return first[0] + second[0], first[1] + second[1]


def _parse(xml: bytes, content_type: str | None) -> Any:
    # The feed's own address is not given: feedparser would resolve guids against it, too.
    # The stream matters: bytes as such would be tried as the name of a file.
    return feedparser.parse(
        io.BytesIO(xml),
        response_headers={"content-type": content_type or "application/xml"},
        sanitize_html=False,
        resolve_relative_uris=False,
    )


_ENTITY = re.compile(rb"<!ENTITY\b[^>]*>", re.IGNORECASE)
_SUBSET = re.compile(rb"(<!DOCTYPE\b[^\[>]{0,2000})\[.*?\]\s*>", re.IGNORECASE | re.DOTALL)
_NOT_UTF_8 = re.compile(rb"[\x80-\xff]|\x1b\$")
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def disarm_xml(payload: bytes, *, charset: str | None = None) -> bytes:
    """Take out what a DOCTYPE declares and give UTF-8. References to what it declared stay as they are written.

    `charset` is the carrier's word; it goes before the document's own, as in RFC 7303.
    """
    raw = _as_utf8(payload, charset)
    if b"<!" not in raw:
        return raw
    return (
        _ENTITY.sub(b"", _SUBSET.sub(rb"\1>", raw, count=1)) if b"<!DOCTYPE" in raw[:100_000].upper() else raw
    )


def _as_utf8(payload: bytes, charset: str | None) -> bytes:
    """Rewrite wide encodings, in which the patterns above would see nothing, and those that browsers read otherwise."""
    encoding = next((name for mark, name in _MARKS if payload.startswith(mark)), None)
    if encoding is None and payload[:4] in {b"<\0?\0", b"\0<\0?", b"<\0r\0", b"\0<\0r"}:
        encoding = "utf-16-le" if payload[:1] == b"<" else "utf-16-be"
    if encoding is None:
        return _from_declared(payload, charset)
    return DECLARED.sub(rb"\1", payload.decode(encoding, "replace").encode("utf-8", "replace"), count=1)


def _from_declared(payload: bytes, charset: str | None) -> bytes:
    """Rewrite what is no UTF-8 from the encoding that its carrier or its declaration names."""
    name = charset_of(charset) or declared_charset(payload)
    is_other = name not in {None, "utf-8", "replacement", "utf-16le", "utf-16be"}
    if not is_other or name is None or not _NOT_UTF_8.search(payload) or is_plainly_utf8(payload):
        return payload
    return DECLARED.sub(rb"\1", decode(payload, name, "replace").encode("utf-8", "replace"), count=1)
