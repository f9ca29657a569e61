"""Enters: a date as feeds, sitemaps and archives write it. Leaves: the moment in UTC, or what is stated in ISO 8601."""

from datetime import UTC, datetime

from transforms.dates.read_whole_date import read_whole_date


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
