"""The records of a feed, what it says of itself and of each entry, and the form of their values."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urljoin

from copydesk.transforms.dates.read_whole_date import read_whole_date
from copydesk.transforms.normalise_url import normalise_url

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


class NotAFeedError(ValueError):
    """The payload is no feed; the message says what it is."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry. `url` is absolute; dates are as written, and in ISO 8601 where they were read."""

    url: str | None
    entry_id: str | None = None
    title: str | None = None
    authors: tuple[str, ...] = ()
    published: str | None = None
    published_at: str | None = None
    updated: str | None = None
    language: str | None = None
    summary_html: str | None = None
    content_html: str | None = None
    tags: tuple[str, ...] = ()
    licence: str | None = None
    unpublished: str | None = None
    """What an export of WordPress says of an entry that is no published post."""


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed with its entries in their own order; `lost` holds those that no parser reads, as they stand."""

    kind: str
    title: str | None
    language: str | None
    entries: tuple[Entry, ...]
    licence: str | None = None
    lost: tuple[bytes, ...] = ()


def clean_text(value: object) -> str | None:
    """Strip text, leave out NUL and put U+FFFD for half a character; null for what is empty or no text."""
    if not isinstance(value, str):
        return None
    text = value.replace("\0", "")
    # Most text is ASCII, which Python knows without looking.
    return (text if text.isascii() else _LONE_SURROGATE.sub("\ufffd", text)).strip() or None


def resolve_link(base: str, link: str | None) -> str | None:
    """Return a link in full; one that no address can be made of stays as it is written, to be refused on record."""
    try:
        return urljoin(base, link) if link and normalise_url(link, base=base) else link
    except ValueError:
        return link


def parse_feed_date(text: str | None) -> datetime | None:
    """Read a date; null where it is none to its last character, or could be one of two.

    For sorting and for the bounds of a back-fill: a time without a zone is taken as UTC, a day as its first moment.
    """
    reading = read_whole_date(text)
    if reading is None or reading.swapped is not None or reading.year is None or reading.month is None:
        return None
    if reading.offset_minutes is not None:
        return reading.at
    clock = (reading.hour or 0, reading.minute or 0, reading.second or 0)
    return datetime(reading.year, reading.month, reading.day or 1, *clock, tzinfo=UTC)


def iso_date(text: str | None) -> str | None:
    """Write a moment in UTC, and a day or a time without a zone as it stands; null where nothing sure is stated."""
    reading = read_whole_date(text)
    if reading is None or reading.swapped is not None:
        return None
    return reading.at.isoformat() if reading.at else reading.value
