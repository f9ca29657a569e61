"""The records of a feed: what it says of itself and of each entry."""

from dataclasses import dataclass


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
    updated_at: str | None = None
    language: str | None = None
    summary_html: str | None = None
    content_html: str | None = None
    tags: tuple[str, ...] = ()
    licence: str | None = None


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed with its entries in their own order. `problem` says what was wrong with it, though it could be read.

    `lost` holds the entries that no parser reads, as they stand.
    """

    kind: str
    title: str | None
    home_url: str | None
    language: str | None
    entries: tuple[Entry, ...]
    licence: str | None = None
    problem: str | None = None
    lost: tuple[bytes, ...] = ()
