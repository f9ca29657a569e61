"""Choose the moment of publication among the stamps of the chosen day, or the time on the publisher's clock."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo

from copydesk.schemas.enums import Precision
from copydesk.transforms.dates.evidence import Evidence

_DECLARED = 0.9


@dataclass(frozen=True, slots=True)
class Moment:
    """`at` is a moment in UTC; else `local_at` the time of a clock whose zone nobody names; both null for a day."""

    at: datetime | None = None
    local_at: datetime | None = None
    precision: Precision = Precision.DAY


def choose_moment(
    items: list[Evidence],
    days: list[date | None],
    day: date,
    zone: Callable[[], tzinfo | None] = lambda: None,
    stated_zone: tzinfo | None = None,
) -> Moment:
    """Return the best founded moment of a day: the one that most families of sources name to the minute.

    A page's time without a zone is one in the publisher's `zone`, a carrier's one in `stated_zone`, for a row may hold
    the times of whoever gathered it. Where no zone is known, such a time still says which of two stamps is right: the
    one that shows the same clock by an offset of its own.
    """
    timed = [
        item
        for item, voted in zip(items, days, strict=True)
        if item.weight and voted == day and item.reading.has_clock
    ]
    homes = [stated_zone if item.family == "feed" else _home(item, zone) for item in timed]
    moments = [_moment(item, home, day) for item, home in zip(timed, homes, strict=True)]
    zoned = [(item, at) for item, at in zip(timed, moments, strict=True) if at is not None]
    naive = [item for item, at in zip(timed, moments, strict=True) if at is None]
    stated = [pair for pair in zoned if pair[0].reading.at is not None]
    if zoned:
        item, at = max(
            stated or zoned,
            key=lambda pair: (
                _trust(pair[1], zoned, naive),
                pair[0].reading.second is not None,
                pair[0].weight,
            ),
        )
        return Moment(at, None, item.reading.precision)
    if naive:
        best = max(naive, key=lambda item: item.weight)
        return Moment(None, best.reading.local_at, Precision.MINUTE_LOCAL)
    return Moment()


def _home(item: Evidence, zone: Callable[[], tzinfo | None]) -> tzinfo | None:
    return zone() if item.reading.offset_minutes is None and not item.reading.zone else None


def _moment(item: Evidence, zone: tzinfo | None, day: date) -> datetime | None:
    """Return the moment that an item states; a clock without an offset, on the chosen day, is in the zone."""
    if item.reading.at is not None:
        return item.reading.at
    local = item.reading.local_at
    if zone is None or local is None or item.reading.zone or local.date() != day:
        return None
    return local.replace(tzinfo=zone).astimezone(UTC)


def _trust(
    at: datetime, zoned: list[tuple[Evidence, datetime]], naive: list[Evidence]
) -> tuple[float, float]:
    """Return how firmly a moment is declared as that of publication, and its trust; a shown one may be a change."""
    agreeing = [item for item, other in zoned if _minute(other) == _minute(at)]
    clocks = {_minute(item.reading.local_at) for item in agreeing if item.reading.offset_minutes}
    families = {item.family: item.weight for item in agreeing}
    for item in naive:
        if _minute(item.reading.local_at) in clocks:
            families[item.family] = max(families.get(item.family, 0.0), item.weight)
    doubt = 1.0
    for weight in families.values():
        doubt *= 1.0 - weight
    declared = [item.weight for item in agreeing if item.family == "structured" and item.weight >= _DECLARED]
    return max(declared, default=0.0), 1.0 - doubt


def _minute(at: datetime | None) -> datetime | None:
    return at.replace(second=0, microsecond=0) if at else None
