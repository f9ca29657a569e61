"""Place the news of an article whose own evidence says when it was written: the day that its story happened on."""

from collections.abc import Iterable
from datetime import date, timedelta

from copydesk.transforms.dates.read_lede import read_lede
from copydesk.transforms.records import DateCandidate

_WEEK = 7


def place_event(mentions: Iterable[DateCandidate], *, first_on: date, last_on: date) -> date | None:
    """Return the day that the lede's `last night` or `on Monday` is, written on one of the days from first to last.

    A weekday told as past is the last one up to the day of writing. Null where the lede names no day, or where the
    days of writing leave more than one.
    """
    lede = read_lede(mentions)
    if lede.step is not None and first_on == last_on:
        return last_on - timedelta(days=lede.step.number)
    if lede.weekday is None or (last_on - first_on).days >= _WEEK:
        return None
    return last_on - timedelta(days=(last_on.weekday() - lede.weekday.number) % _WEEK)
