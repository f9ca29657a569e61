"""Say for which calendar day each piece of evidence speaks: a stamp in UTC speaks for the day that readers see."""

from collections.abc import Callable
from datetime import date, timedelta, tzinfo

from copydesk.transforms.dates.evidence import Evidence
from copydesk.transforms.dates.reading import Reading

_WEST_HOURS, _EAST_HOURS = -9, 13


def vote_day(items: list[Evidence], zone: Callable[[], tzinfo | None] = lambda: None) -> list[date | None]:
    """Return the day that each item votes for: a stamp votes for the day shown on the page that it falls on.

    A moment after 22:00 UTC is the next day in Berlin, and one at 02:00 UTC the day before in New York. What
    counts as shown is text and address, else a stamp with an offset of its own: the publisher's zone. Where a page
    shows no day, a stamp falls on the day that it has in the publisher's `zone`, which is asked for only then.
    """
    strong = [item for item in items if item.weight >= 0.6 and item.reading.on]
    shown = list(dict.fromkeys(item.reading for item in strong if _is_shown(item)))
    zoned = list(dict.fromkeys(item.reading for item in strong if item.reading.offset_minutes))
    naive = list(dict.fromkeys(item.reading for item in strong if _is_naive(item)))
    voted = [_day_voted(item, shown, zoned, naive) if item.weight else None for item in items]
    if shown:
        return voted
    return [_in_zone(item, day, zone) for item, day in zip(items, voted, strict=True)]


def _in_zone(item: Evidence, day: date | None, zone: Callable[[], tzinfo | None]) -> date | None:
    at = item.reading.at if day and item.reading.has_clock else None
    home = zone() if at else None
    return at.astimezone(home).date() if at and home else day


def _is_shown(item: Evidence) -> bool:
    """Tell whether an item is what readers see, not a machine's stamp in UTC."""
    is_stamp = item.reading.offset_minutes == 0 or (item.reading.second is not None and item.family != "url")
    return item.family in ("page", "url", "text") and not is_stamp


def _is_naive(item: Evidence) -> bool:
    """Tell whether a field declares a time without a zone: one in UTC beside it may be the same moment."""
    reading = item.reading
    return (
        item.family == "structured"
        and reading.has_clock
        and reading.offset_minutes is None
        and not reading.zone
    )


def _day_voted(
    item: Evidence, shown: list[Reading], zoned: list[Reading], naive: list[Reading]
) -> date | None:
    on, reading = item.reading.on, item.reading
    if on is None or not item.reading.has_clock or any(on == other.on for other in shown):
        return on
    is_utc = reading.offset_minutes == 0
    for others in (shown, [] if reading.offset_minutes else zoned, naive if is_utc else []):
        days = {other.on for other in others if _may_be(reading, other)}
        if len(days) == 1:
            return days.pop()
    return on


def _may_be(stamp: Reading, shown: Reading) -> bool:
    """Tell whether a stamp can be the shown day in some zone: within its hours, and a whole quarter apart.

    A stamp without an offset is taken for UTC only where a shown time of day confirms it. Where the shown time names
    its zone, it is the same moment or another.
    """
    clock, local = shown.local_at if shown.minute is not None else None, stamp.local_at
    if local is None or shown.on is None or (stamp.offset_minutes is None and clock is None):
        return False
    moment = local - timedelta(minutes=stamp.offset_minutes or 0)
    if clock is None:
        days = {(moment + timedelta(hours=hours)).date() for hours in (_WEST_HOURS, 0, _EAST_HOURS)}
        return shown.on in days
    apart = clock - moment
    if shown.offset_minutes is not None:
        return abs(apart - timedelta(minutes=shown.offset_minutes)) < timedelta(minutes=1)
    minutes = apart.days * 1440 + apart.seconds // 60
    return _WEST_HOURS * 60 <= minutes <= _EAST_HOURS * 60 and (clock.minute - moment.minute) % 15 == 0
