"""Read the dates that came along with a document: the feed entry or row, HTTP headers, the fetch."""

from collections.abc import Iterator

from copydesk.schemas.enums import DateKind
from copydesk.transforms.dates.date_input import DateInput
from copydesk.transforms.dates.evidence import Evidence
from copydesk.transforms.dates.read_date import read_stamp
from copydesk.transforms.dates.read_whole_date import read_whole_date
from copydesk.transforms.dates.reading import Reading

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
