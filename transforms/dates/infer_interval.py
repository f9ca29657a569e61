"""Infer when an undated text was written from its weekdays and relative days, anchored on dated evidence."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from schemas.enums import DateKind
from transforms.dates.bound_text import Bounds
from transforms.records import DateCandidate

_WEEKDAY = re.compile(r"-W-([1-7])")
_DAY_STEP = re.compile(r"(-?)P([0-2])D")


@dataclass(frozen=True, slots=True)
class InferParams:
    """`lede_chars`: where the news of a text stands. `anchor_days`: how long after a close bound a weekday may fall.

    `lag_days`: within how many days after a weekday news still names it; outlets say a date or `last week` later.
    """

    lede_chars: int = 1500
    anchor_days: int = 6
    lag_days: int = 2


@dataclass(frozen=True, slots=True)
class Interval:
    """The first and last day on which a text can have been written, how sure (low, medium, high) and why."""

    first_on: date | None
    last_on: date | None
    confidence: str
    method: str


_DEFAULTS = InferParams()


def infer_interval(
    mentions: Iterable[DateCandidate],
    *,
    bounds: Bounds = Bounds(),  # noqa: B008 -- frozen
    story_days: Iterable[date] = (),
    params: InferParams = _DEFAULTS,
) -> Interval | None:
    """Return the days on which the text was written, or null where nothing bounds them.

    `mentions` are the candidates of `find_dates`; `bounds` those of `bound_text`; `story_days` the days of the
    event that other, dated evidence of the same story gives. A weekday of the lede told as past is the first such
    day of the story, or the first on or after a close lower bound such as a picture's date; a later weekday still to
    come closes the interval; `last night` sets it one day after. Never resolves a year from the clock.
    """
    told = sorted(
        (item for item in mentions if _counts(item)), key=lambda item: (item.start_char or 0, item.value)
    )
    days = sorted(set(story_days))
    possible = [day for day in days if _within(day, bounds)]
    stepped = _by_step(told, possible, params)
    if stepped:
        return stepped
    anchor = _by_weekday(told, possible, bounds, params)
    if anchor is None:
        return _from_bounds(bounds)
    return _from_anchor(told, *anchor, bounds, params)


def _counts(item: DateCandidate) -> bool:
    return item.kind == DateKind.RELATIVE and item.method in ("text:relative:past", "text:relative:future")


def _within(day: date, bounds: Bounds) -> bool:
    return (bounds.first_on is None or day >= bounds.first_on) and (
        bounds.last_on is None or day <= bounds.last_on
    )


def _by_step(told: list[DateCandidate], days: list[date], params: InferParams) -> Interval | None:
    """`last night` beside a story's day: written the day after it; `this morning` alone: on it."""
    lede = [
        (item, match)
        for item in told
        if _in_lede(item, params) and (match := _DAY_STEP.fullmatch(item.value))
    ]
    if not lede or not days:
        return None
    weekday = next((item for item in told if _in_lede(item, params) and _WEEKDAY.fullmatch(item.value)), None)
    if weekday is not None and (weekday.start_char or 0) < (lede[0][0].start_char or 0):
        return None
    past = [(item, int(match[2])) for item, match in lede if match[1] or match[2] == "0"]
    if not past:
        return None
    item, steps = max(past, key=lambda pair: pair[1])
    on = days[0] + timedelta(days=steps)
    return Interval(on, on, "medium", f"'{item.evidence}' is {days[0]}, the day of the story")


def _in_lede(item: DateCandidate, params: InferParams) -> bool:
    return item.start_char is not None and item.start_char < params.lede_chars


def _by_weekday(
    told: list[DateCandidate], days: list[date], bounds: Bounds, params: InferParams
) -> tuple[date, str] | None:
    """Return the day of the lede's first weekday told as past, and why."""
    for item in told:
        match = _WEEKDAY.fullmatch(item.value)
        if match is None or not item.method.endswith("past") or not _in_lede(item, params):
            continue
        weekday = int(match[1]) - 1
        on = next((day for day in days if day.weekday() == weekday), None)
        if on:
            return on, f"'{item.evidence}' is {on}, a day of the story"
        if bounds.first_on and bounds.close_to == "day" and not days:
            on = bounds.first_on + timedelta(days=(weekday - bounds.first_on.weekday()) % 7)
            if (on - bounds.first_on).days <= params.anchor_days and _within(on, bounds):
                return (
                    on,
                    f"'{item.evidence}' is {on}, the first after {bounds.method.split(';', maxsplit=1)[0]}",
                )
        return None
    return None


def _from_anchor(
    told: list[DateCandidate], on: date, method: str, bounds: Bounds, params: InferParams
) -> Interval:
    for item in told:
        match = _WEEKDAY.fullmatch(item.value)
        if match and item.method.endswith("future"):
            ahead = (int(match[1]) - 1 - on.weekday()) % 7
            if ahead:
                last = on + timedelta(days=ahead)
                return Interval(on, last, "medium", f"{method}; '{item.evidence}' is still to come")
    last = on + timedelta(days=params.lag_days)
    last = min(last, bounds.last_on) if bounds.last_on and bounds.last_on >= on else last
    return Interval(on, last, "low", f"{method}; news names a weekday within {params.lag_days} days")


def _from_bounds(bounds: Bounds) -> Interval | None:
    if bounds.first_on is None and bounds.last_on is None:
        return None
    return Interval(bounds.first_on, bounds.last_on, "low", bounds.method)
