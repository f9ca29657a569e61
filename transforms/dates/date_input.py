"""What `find_dates` may look at, plain values: page, text and what the carrier said, whose dates are read here."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from copydesk.schemas.enums import DateKind
from copydesk.transforms.dates.evidence import Evidence
from copydesk.transforms.dates.read_whole_date import read_stamp, read_whole_date
from copydesk.transforms.dates.reading import Reading
from copydesk.transforms.page.walk_page import Page
from copydesk.transforms.records import Span


@dataclass(frozen=True, slots=True)
class DateInput:
    """One document as far as its date goes; every field may be missing.

    `page` spares parsing `html`; it is only read. `text` is the extracted text before cleaning, `spans` what cleaning
    found in it: a timestamp, a print stamp, a caption or a dateline says what a date inside it is the date of.
    `carrier_published_at` comes from a feed entry or a row, `selected_date` from the user's own selector for the site;
    `timezone` is the IANA zone that times and the page's are in, where the source list names one. `headers` are the
    HTTP headers. `fetched_at` is aware; without it no date is in the future.
    """

    html: str | bytes | None = None
    page: Page | None = None
    text: str = ""
    title: str | None = None
    spans: tuple[Span, ...] = ()
    language: str | None = None
    url: str | None = None
    carrier_published_at: str | None = None
    selected_date: str | None = None
    timezone: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    fetched_at: datetime | None = None


_IN_PART = "only a part of what the carrier says reads as a date"


def read_carrier(document: DateInput) -> Iterator[Evidence]:
    """Yield what the carrier says: a feed or row dates the article, a header or a fetch only bounds it."""
    chosen = document.selected_date
    if chosen and (reading := read_whole_date(chosen) or read_stamp(chosen)) is not None:
        yield Evidence(reading, DateKind.PUBLISHED, "site:date", "site", 1.0, chosen)
    raw = document.carrier_published_at
    if raw and (reading := read_whole_date(raw)) is not None:
        yield Evidence(reading, DateKind.FEED, "carrier:published_at", "feed", 0.9, raw)
    elif raw and (reading := read_stamp(raw)) is not None:
        yield Evidence(reading, DateKind.FEED, "carrier:published_at", "feed", 0.0, raw, rejection=_IN_PART)
    headers = {name.lower(): value for name, value in document.headers.items()}
    modified = headers.get("last-modified")
    if modified and (reading := read_stamp(modified)) is not None:
        yield Evidence(reading, DateKind.MODIFIED, "http:last-modified", "http", 0.0, modified)
    at = document.fetched_at
    if at is not None:
        offset = at.utcoffset()
        minutes = None if offset is None else int(offset.total_seconds() // 60)
        reading = Reading(at.year, at.month, at.day, at.hour, at.minute, at.second, minutes)
        reason = "when the document was fetched"
        yield Evidence(reading, DateKind.CAPTURE, "fetch", "capture", 0.0, at.isoformat(), rejection=reason)
