"""Enters: a date as a feed writes it. Leaves: the same in ISO 8601, as finely as it is stated."""

from transforms.dates.read_whole_date import read_whole_date


def iso_date(text: str | None) -> str | None:
    """Write a moment in UTC, and a day or a time without a zone as it stands; null where nothing sure is stated."""
    reading = read_whole_date(text)
    if reading is None or reading.swapped is not None:
        return None
    return reading.at.isoformat() if reading.at else reading.value
