"""Read which day the news of a text is set on, in the text's own words: `on Monday`, `last night`, `begins Tuesday`."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from copydesk.schemas.enums import DateKind
from copydesk.transforms.records import DateCandidate

_LEDE_CHARS = 1500
"""Where the news of a text stands; further down weekdays tell of the background."""

_WEEKDAY = re.compile(r"-W-([1-7])")
_DAY_STEP = re.compile(r"(-?)P([0-2])D")
_TOLD = ("text:relative:past", "text:relative:future")
"""Words in quotations, datelines and furniture are relative to something else."""


@dataclass(frozen=True, slots=True)
class Words:
    """Words of a text and their number: a weekday (0 is Monday), or how many days back."""

    evidence: str
    number: int


@dataclass(frozen=True, slots=True)
class Lede:
    """`step` and `weekday` say when the news happened, null where the lede does not; `coming` are weekdays ahead.

    Where both are told, `step` is null if a weekday is told first.
    """

    step: Words | None = None
    weekday: Words | None = None
    coming: tuple[Words, ...] = ()


def read_lede(mentions: Iterable[DateCandidate]) -> Lede:
    """Return the relative days of a text's beginning, and all weekdays that it tells as still to come."""
    told = sorted(
        (item for item in mentions if item.kind == DateKind.RELATIVE and item.method in _TOLD),
        key=lambda item: (item.start_char or 0, item.value),
    )
    lede = [item for item in told if item.start_char is not None and item.start_char < _LEDE_CHARS]
    weekdays = [(item, match) for item in lede if (match := _WEEKDAY.fullmatch(item.value))]
    past = [Words(item.evidence, int(match[1]) - 1) for item, match in weekdays if not _is_coming(item)]
    coming = [
        Words(item.evidence, int(match[1]) - 1)
        for item in told
        if (match := _WEEKDAY.fullmatch(item.value)) and _is_coming(item)
    ]
    first = weekdays[0][0].start_char if weekdays else None
    return Lede(_step(lede, first), past[0] if past else None, tuple(coming))


def _is_coming(item: DateCandidate) -> bool:
    return item.method.endswith("future")


def _step(lede: list[DateCandidate], first_weekday: int | None) -> Words | None:
    """Return the furthest of the relative days: of `this morning` and `last night` the latter is the news."""
    steps = [(item, match) for item in lede if (match := _DAY_STEP.fullmatch(item.value))]
    if not steps or (first_weekday is not None and first_weekday < (steps[0][0].start_char or 0)):
        return None
    past = [Words(item.evidence, int(match[2])) for item, match in steps if match[1] or match[2] == "0"]
    return max(past, key=lambda words: words.number, default=None)
