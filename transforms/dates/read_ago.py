"""Read `3 hours ago` in many languages: what a page tells from the moment at which it was asked for."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta, tzinfo
from functools import cache

from copydesk.transforms.dates.reading import Reading
from copydesk.transforms.languages.load_language import Language, load_language

_MOST_CHARS = 60
"""Beyond that it is a sentence, and tells of something else."""


def read_ago(
    text: str, language: str | None, at: datetime | None, zone: Callable[[], tzinfo | None]
) -> Reading | None:
    """Return the minute, or of whole hours the day, so long before `at`; null where an hour leaves two days open.

    The day is one in `zone`, the publisher's, else in that of `at`. Days ago are not read: they end on either of two.
    """
    words = load_language(language or "en")
    if at is None or words is None or len(text) > _MOST_CHARS:
        return None
    match = _pattern(words).search(text.lower())
    if match is None:
        return None
    home = zone() or at.tzinfo
    number, unit = (match[group] for group in match.groupdict() if match[group] is not None)
    if re.fullmatch(words.minutes, unit):
        then = (at - timedelta(minutes=int(number))).astimezone(home)
        offset = then.utcoffset() or timedelta()
        return Reading(
            then.year, then.month, then.day, then.hour, then.minute, None, int(offset.total_seconds() // 60)
        )
    days = {(at - timedelta(hours=hours)).astimezone(home).date() for hours in (int(number), int(number) + 1)}
    day = days.pop()
    return None if days else Reading(day.year, day.month, day.day)


@cache
def _pattern(words: Language) -> re.Pattern[str]:
    forms = [
        form.replace("{}", rf"(?P<n{place}>\d{{1,2}})\s?(?P<u{place}>{words.minutes}|{words.hours})\.?")
        for place, form in enumerate(words.ago.split("|"))
    ]
    return re.compile(rf"(?<!\w)(?:{'|'.join(forms)})(?!\w)")
