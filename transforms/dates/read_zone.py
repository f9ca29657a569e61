"""Read the zone that stands behind a time; letters that several zones share wait for the zone of the source."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, tzinfo

from copydesk.transforms.dates.date_words import SHARED_ZONES, ZONES
from copydesk.transforms.dates.publisher_zone import zone_named
from copydesk.transforms.dates.reading import Reading

_WINTER, _SUMMER = (1, 15), (7, 15)
_UNLETTERED = {
    "Asia/Dubai": "gst",
    "Asia/Muscat": "gst",
    "Asia/Riyadh": "ast",
    "Asia/Kuwait": "ast",
    "Asia/Baghdad": "ast",
    "Asia/Dhaka": "bst",
}
"""Zones whose letters the zones' database does not tell."""


def read_zone(reading: Reading, zone: str) -> Reading | None:
    """Return a local time with its zone: an offset, or letters to be placed; null where it is neither."""
    local, text = reading.local_at, zone.strip().replace("−", "-")
    if local is None:
        return reading
    if text.isalpha():
        letters = text.lower()
        offset = None if letters in SHARED_ZONES else ZONES.get(letters)
        return replace(reading, offset_minutes=offset, zone=letters)
    if "/" in text:
        return replace(reading, offset_minutes=_minutes(local, zone_named(text)), zone=text)
    offset = offset_of(text)
    return None if offset is None else replace(reading, offset_minutes=offset)


def place_zone(reading: Reading, home: tzinfo | None) -> Reading:
    """Return a time whose zone is told by letters as one of the source's zone, where that zone bears them."""
    local = reading.local_at
    if local is None or home is None or not reading.zone.isalpha():
        return reading
    for day in ((local.month, local.day), _WINTER, _SUMMER):
        at = local.replace(month=day[0], day=day[1])
        if reading.zone in _letters(at, home):
            return replace(reading, offset_minutes=_minutes(at, home))
    return reading


def _letters(at: datetime, home: tzinfo) -> set[str]:
    """Return what a zone is called at a time: PST, PT and what the database leaves out."""
    name = (at.replace(tzinfo=home).tzname() or "").lower()
    short = name[0] + name[-1] if len(name) == len("pst") and name[1] in "sd" else name
    return {name, short, _UNLETTERED.get(str(home), name)}


def _minutes(local: datetime, zone: tzinfo | None) -> int | None:
    offset = local.replace(tzinfo=zone or UTC).utcoffset() or timedelta()
    return int(offset.total_seconds() // 60) if zone else None


def offset_of(zone: str | None) -> int | None:
    """Return the minutes east of UTC that a zone of letters or digits stands for, null where it is not known."""
    if not zone:
        return None
    lowered = zone.lower().replace("−", "-").replace(" ", "")
    if lowered in ZONES:
        return None if lowered in SHARED_ZONES else ZONES[lowered]
    digits = lowered.removeprefix("utc").removeprefix("gmt").removesuffix("z").replace(":", "")
    if not digits or digits[0] not in "+-" or not digits[1:].isdecimal():
        return None
    hours, minutes = (digits[1:-2], digits[-2:]) if len(digits) > 3 else (digits[1:], "0")
    total = int(hours or 0) * 60 + int(minutes)
    if total > 14 * 60 or int(minutes) > 59:
        return None
    return -total if digits[0] == "-" else total
