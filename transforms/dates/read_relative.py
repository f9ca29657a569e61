"""Read weekdays, relative days and months without a year: what a text tells from where it stands in time."""

import re
from collections.abc import Callable, Iterator
from functools import cache

from transforms.dates import prose_words as words
from transforms.dates.read_date import Found
from transforms.dates.reading import Reading


def read_relative(text: str, language: str | None) -> Iterator[Found]:
    """Yield the relative words of a text in its language; an unknown language is read as English."""
    spoken = (language or "en")[:2].lower()
    spoken = spoken if spoken in words.WEEKDAYS else "en"
    for start, end in _places(text, spoken):
        yield Found(Reading(relative=_value(text[start:end].lower(), spoken)), start, end)


def _places(text: str, language: str) -> Iterator[tuple[int, int]]:
    """Yield where relative words stand as whole words. Lower case spares the pattern its slow caseless search."""
    lowered = text.lower()
    days, months = _patterns(language)
    source = lowered if len(lowered) == len(text) else text
    for match in days.finditer(source):
        if match.start() == 0 or not source[match.start() - 1].isalnum():
            yield match.span(1)
    for match in months.finditer(text) if _names_month(language)(text) else ():
        yield match.span("turned") if match["turned"] else match.span("led")


@cache
def _names_month(language: str) -> Callable[[str], re.Match[str] | None]:
    """Return what finds a month's name at once, where most texts hold none."""
    return re.compile(_month_names(language)).search


def _month_names(language: str) -> str:
    names = words.MONTHS[language]
    return "|".join(map(str.title, names) if language in ("en", "de") else names)


@cache
def _patterns(language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    phrases = sorted([*words.RELATIVE_DAYS[language], *words.WEEKDAYS[language]], key=len, reverse=True)
    days = re.compile(rf"({'|'.join(map(re.escape, phrases))})s?\b(?!\s\d)")
    named = _month_names(language)
    turned = rf"(?P<turned>(?i:{words.MONTH_TURNS[language] or '(?!)'})\s+(?:{named}))"
    led = rf"(?i:{words.MONTH_LEADS[language]})\s+(?P<led>{named})"
    return days, re.compile(rf"\b(?:{turned}|{led})\b(?!\s\d)")


def _value(word: str, language: str) -> str:
    if word in words.RELATIVE_DAYS[language]:
        return words.RELATIVE_DAYS[language][word]
    if word in words.WEEKDAYS[language]:
        return f"-W-{words.WEEKDAYS[language].index(word) + 1}"
    return f"--{words.MONTHS[language].index(word.rsplit(maxsplit=1)[-1]) + 1:02d}"
