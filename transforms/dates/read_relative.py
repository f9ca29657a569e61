"""Read weekdays, relative days, months without a year and `3 hours ago`: what is told from where it stands in time."""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta, tzinfo
from functools import cache

from copydesk.transforms.dates.read_date import Found
from copydesk.transforms.dates.reading import Reading
from copydesk.transforms.languages.load_language import Language, load_language
from copydesk.transforms.text.find_all import begins_of

_MOST_CHARS = 60
"""Beyond that it is a sentence, and tells of something else."""


def read_relative(text: str, language: str | None) -> Iterator[Found]:
    """Yield the relative words of a text in its language: English where none is told, nothing where it is not known."""
    words = load_language(language or "en")
    if words is None:
        return
    for start, word in _places(text, words):
        yield Found(Reading(relative=_value(word, words)), start, start + len(word))


def _places(text: str, words: Language) -> Iterator[tuple[int, str]]:
    """Yield where relative words stand, and each. Lower case spares the pattern its slow caseless search."""
    lowered = text.lower()
    days, months = _patterns(words)
    source = lowered if len(lowered) == len(text) else text
    for match in _matches(days, source, begins_of(source, (*words.relative, *words.weekdays))):
        start = match.start()
        is_word = start == 0 or not source[start - 1].isalnum()
        if is_word and not (
            words.are_weekdays_capital and match[1] in words.weekdays and text[start].islower()
        ):
            yield start, match[1]
    for match in _matches(months, text, _month_leads(text, words)):
        name = "turned" if match["turned"] else "led"
        yield match.start(name), match[name].lower()


def _matches(pattern: re.Pattern[str], text: str, begins: Iterable[int]) -> Iterator[re.Match[str]]:
    """Yield what `finditer` would of a pattern that can match at these places alone."""
    end = 0
    for begin in sorted(set(begins)):
        match = pattern.match(text, begin) if begin >= end else None
        if match is not None:
            end = match.end()
            yield match


def _month_leads(text: str, words: Language) -> Iterator[int]:
    """Yield where a word may begin that leads to a month's name."""
    leads = {len(lead) for lead in f"{words.month_turns}|{words.month_leads}".split("|")}
    for at in begins_of(text, _month_names(words)):
        end = at
        while end and text[end - 1].isspace():
            end -= 1
        yield from (end - chars for chars in leads if chars <= end < at)


def _month_names(words: Language) -> tuple[str, ...]:
    return tuple(name.title() if words.are_months_capital else name for name in words.months)


@cache
def _patterns(words: Language) -> tuple[re.Pattern[str], re.Pattern[str]]:
    phrases = sorted([*words.relative, *words.weekdays], key=len, reverse=True)
    days = re.compile(rf"({'|'.join(map(re.escape, phrases))})s?(?!\w|\s\d)")
    named = "|".join(_month_names(words))
    turned = rf"(?P<turned>(?i:{words.month_turns or '(?!)'})\s+(?:{named}))"
    led = rf"(?i:{words.month_leads or '(?!)'})\s+(?P<led>{named})"
    return days, re.compile(rf"\b(?:{turned}|{led})\b(?!\s\d)")


def _value(word: str, words: Language) -> str:
    if word in words.relative:
        return words.relative[word]
    if word in words.weekdays:
        return f"-W-{words.weekdays[word]}"
    return f"--{words.months[word.rsplit(maxsplit=1)[-1]]:02d}"


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
