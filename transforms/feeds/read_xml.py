"""Enters: the XML of a feed. Leaves: what feedparser makes of it, and the entries that it fails on.

feedparser fails as a whole on some inputs. Then the entries are given to it in halves, until those that it fails on
stand alone: each costs itself.
"""

import io
import re
from typing import Any

import feedparser

from transforms.feeds.feed import NotAFeedError

_ENTRY = re.compile(rb"<((?:[\w.-]{1,40}:)?(?:item|entry))\b[^>]*>.*?</\1\s*>", re.IGNORECASE | re.DOTALL)


def read_xml(xml: bytes, *, content_type: str | None) -> tuple[Any, tuple[bytes, ...]]:
    """Return feedparser's record of the feed with all entries that it can read, and the others as they stand."""
    try:
        return _parse(xml, content_type), ()
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 it raises whatever its inputs lead it to
        places = [match.span() for match in _ENTRY.finditer(xml)]
        if not places:
            raise NotAFeedError(f"no parser reads it: {type(error).__name__}: {error}"[:300]) from None
    entries = [xml[start:end] for start, end in places]
    frame = _Frame(xml[: places[0][0]], xml[places[-1][1] :], content_type)
    try:
        parsed = frame.parse([])
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 as above
        raise NotAFeedError(f"no parser reads its head: {type(error).__name__}: {error}"[:300]) from None
    sound, lost = _sift(frame, entries)
    parsed["entries"] = sound
    return parsed, tuple(lost)


class _Frame:
    """What stands around the entries of a feed."""

    def __init__(self, head: bytes, tail: bytes, content_type: str | None) -> None:
        self._head, self._tail, self._content_type = head, tail, content_type

    def parse(self, entries: list[bytes]) -> Any:
        return _parse(b"\n".join([self._head, *entries, self._tail]), self._content_type)


def _sift(frame: _Frame, entries: list[bytes]) -> tuple[list[Any], list[bytes]]:
    """Return the entries that can be read, and the others."""
    try:
        return list(frame.parse(entries).entries), []
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 as above
        if len(entries) == 1:
            return [], entries
    half = len(entries) // 2
    first, second = _sift(frame, entries[:half]), _sift(frame, entries[half:])
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
