"""Infer when an undated text was written from its weekdays and relative days, anchored on dated evidence."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from copydesk.transforms.dates.read_lede import Lede, Words, read_lede
from copydesk.transforms.records import DateCandidate

_ANCHOR_DAYS = 6
"""How long after a close bound a weekday may fall."""
_LAG_DAYS = 2
"""Within how many days after a weekday news still names it; outlets say a date or `last week` later."""
_SPREAD_DAYS = 21
"""Between days that are as likely; copies of one text are printed over months, and then no day is told."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """The first and the last possible day, null where the text is silent, and the words that say so.

    `close_to` is day where the first day lies at most some days before the day of writing (a picture of the
    news), month where it lies at most some months before: what a weekday or month without a year can be counted from.
    """

    first_on: date | None = None
    last_on: date | None = None
    close_to: str | None = None
    method: str = ""


@dataclass(frozen=True, slots=True)
class Interval:
    """The first and last day on which a text can have been written, how sure (low, medium, high) and why."""

    first_on: date | None
    last_on: date | None
    confidence: str
    method: str


@dataclass(frozen=True, slots=True)
class _Anchor:
    """The day of the news: `last_on` is later where several days are as likely."""

    on: date
    last_on: date
    confidence: str
    method: str


def infer_interval(
    mentions: Iterable[DateCandidate],
    *,
    bounds: Bounds = Bounds(),
    story_days: Iterable[date] = (),
) -> Interval | None:
    """Return the days on which the text was written, or null where nothing bounds them.

    `mentions` are the candidates of `find_dates`; `bounds` those of `bound_text`; `story_days` the days of the
    event that other, dated evidence of the same story gives, one as often as it is given. A weekday of the lede told
    as past is such a day of the story, or the first on or after a close lower bound such as a picture's date; a
    later weekday still to come closes the interval; `last night` sets it one day after. Never resolves a year from the
    clock.
    """
    lede = read_lede(mentions)
    given = list(story_days)
    days = Counter(day for day in given if _within(day, bounds))
    stepped = _by_step(lede, days, bounds)
    if stepped:
        return stepped
    anchor = _by_weekday(lede, days) or (None if given else _by_picture(lede, bounds))
    return _from_anchor(lede, anchor, bounds) if anchor else _from_bounds(bounds)


def _within(day: date, bounds: Bounds) -> bool:
    return (bounds.first_on is None or day >= bounds.first_on) and (
        bounds.last_on is None or day <= bounds.last_on
    )


def _likeliest(days: Counter[date]) -> list[date]:
    """Return the days that are given most often, in order."""
    most = max(days.values(), default=0)
    return sorted(day for day, count in days.items() if count == most)


def _by_step(lede: Lede, days: Counter[date], bounds: Bounds) -> Interval | None:
    """`last night` beside a story's day: written the day after it. `today` is too often any day to follow."""
    if lede.step is None or not lede.step.number or not days:
        return None
    day = _likeliest(days)[0]
    on = day + timedelta(days=lede.step.number)
    if not _within(on, bounds):
        return None
    confidence = "medium" if len(days) == 1 else "low"
    return Interval(on, on, confidence, f"'{lede.step.evidence}' is {day}, the day of the story")


def _by_weekday(lede: Lede, days: Counter[date]) -> _Anchor | None:
    """Return the day of the first weekday told as past in the lede, where the story has such a day or near ones."""
    if lede.weekday is None:
        return None
    weekday, evidence = lede.weekday.number, lede.weekday.evidence
    on = _likeliest(Counter({day: count for day, count in days.items() if day.weekday() == weekday}))
    if not on or (on[-1] - on[0]).days > _SPREAD_DAYS:
        return None
    confidence = "medium" if len(on) == 1 else "low"
    return _Anchor(on[0], on[-1], confidence, f"'{evidence}' is {_either(on)}, a day of the story")


def _either(days: list[date]) -> str:
    return str(days[0]) if len(days) == 1 else f"between {days[0]} and {days[-1]}"


def _by_picture(lede: Lede, bounds: Bounds) -> _Anchor | None:
    if lede.weekday is None or bounds.first_on is None or bounds.close_to != "day":
        return None
    on = bounds.first_on + timedelta(days=(lede.weekday.number - bounds.first_on.weekday()) % 7)
    if (on - bounds.first_on).days > _ANCHOR_DAYS or not _within(on, bounds):
        return None
    picture = bounds.method.split(";", maxsplit=1)[0]
    return _Anchor(on, on, "medium", f"'{lede.weekday.evidence}' is {on}, the first after {picture}")


def _from_anchor(lede: Lede, anchor: _Anchor, bounds: Bounds) -> Interval:
    ahead, words = _next_coming(lede.coming, anchor.last_on)
    method = f"; '{words.evidence}' is still to come" if words else ""
    last = anchor.last_on + timedelta(days=ahead if words else _LAG_DAYS)
    if not words:
        method = f"; news names a weekday within {_LAG_DAYS} days"
    last = min(last, bounds.last_on) if bounds.last_on and bounds.last_on >= anchor.last_on else last
    return Interval(anchor.on, last, anchor.confidence if words else "low", anchor.method + method)


def _next_coming(coming: tuple[Words, ...], on: date) -> tuple[int, Words | None]:
    """Return how many days ahead the first weekday to come lies, and its words."""
    for words in coming:
        ahead = (words.number - on.weekday()) % 7
        if ahead:
            return ahead, words
    return 0, None


def _from_bounds(bounds: Bounds) -> Interval | None:
    if bounds.first_on is None and bounds.last_on is None:
        return None
    return Interval(bounds.first_on, bounds.last_on, "low", bounds.method)
