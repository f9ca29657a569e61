"""Say in words why an article is in its story: what it shares, with whom, and how their times lie.

Enters: counts and times. Leaves: one sentence.
"""

import math
from dataclasses import dataclass

_SAME_DAY_DAYS = 1.0


@dataclass(frozen=True, slots=True)
class Shared:
    """What a vote shares with its nearest: distinct names, quotations, numbers and telling words."""

    names: int
    quotations: int
    numbers: int
    words: int


def explain_member(shared: Shared, nearest: str, gap_days: float, *, is_copy: bool) -> str:
    """Return for example "shares 5 names, 2 quotations and 3 numbers with <id>; within a day".

    `gap_days` is the time between both at the least, NaN where one of them is undated.
    """
    parts = [
        _counted(shared.names, "name"),
        _counted(shared.quotations, "quotation"),
        _counted(shared.numbers, "number"),
        _counted(shared.words, "telling word"),
    ]
    told = [part for part in parts if part]
    listed = (
        " and ".join([", ".join(told[:-1]), told[-1]])
        if len(told) > 1
        else "".join(told) or "nothing countable"
    )
    copy = "copy of an article that " if is_copy else ""
    return f"{copy}shares {listed} with {nearest}; {_times(gap_days)}"


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}{'s' if count > 1 else ''}" if count else ""


def _times(gap_days: float) -> str:
    if math.isnan(gap_days):
        return "no dates to compare"
    if gap_days <= -_SAME_DAY_DAYS / 2:
        return "times overlap"
    if gap_days < _SAME_DAY_DAYS:
        return "within a day"
    days = round(gap_days)
    return f"{days} day{'s' if days > 1 else ''} apart"
