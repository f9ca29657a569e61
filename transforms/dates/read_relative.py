"""Read weekdays, relative days and months without a year: what a text tells from where it stands in time."""

import re
from collections.abc import Iterable, Iterator
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
    phrases = (*words.RELATIVE_DAYS[language], *words.WEEKDAYS[language])
    for match in _matches(days, source, _find_all(source, phrases)):
        if match.start() == 0 or not source[match.start() - 1].isalnum():
            yield match.span(1)
    for match in _matches(months, text, _month_leads(text, language)):
        yield match.span("turned") if match["turned"] else match.span("led")


def _matches(pattern: re.Pattern[str], text: str, begins: Iterable[int]) -> Iterator[re.Match[str]]:
    """Yield what `finditer` would of a pattern that can match at these places alone."""
    end = 0
    for begin in sorted(set(begins)):
        match = pattern.match(text, begin) if begin >= end else None
        if match is not None:
            end = match.end()
            yield match


def _find_all(text: str, phrases: Iterable[str]) -> Iterator[int]:
    """Yield where phrases stand; a plain search for each of a few is several times as fast as one pattern."""
    for phrase in phrases:
        at = text.find(phrase)
        while at >= 0:
            yield at
            at = text.find(phrase, at + 1)


def _month_leads(text: str, language: str) -> Iterator[int]:
    """Yield where a word may begin that leads to a month's name."""
    leads = {len(lead) for lead in f"{words.MONTH_TURNS[language]}|{words.MONTH_LEADS[language]}".split("|")}
    for at in _find_all(text, _month_names(language)):
        end = at
        while end and text[end - 1].isspace():
            end -= 1
        yield from (end - chars for chars in leads if chars <= end < at)


def _month_names(language: str) -> list[str]:
    names = words.MONTHS[language]
    return [name.title() if language in ("en", "de") else name for name in names]


@cache
def _patterns(language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    phrases = sorted([*words.RELATIVE_DAYS[language], *words.WEEKDAYS[language]], key=len, reverse=True)
    days = re.compile(rf"({'|'.join(map(re.escape, phrases))})s?\b(?!\s\d)")
    named = "|".join(_month_names(language))
    turned = rf"(?P<turned>(?i:{words.MONTH_TURNS[language] or '(?!)'})\s+(?:{named}))"
    led = rf"(?i:{words.MONTH_LEADS[language]})\s+(?P<led>{named})"
    return days, re.compile(rf"\b(?:{turned}|{led})\b(?!\s\d)")


def _value(word: str, language: str) -> str:
    if word in words.RELATIVE_DAYS[language]:
        return words.RELATIVE_DAYS[language][word]
    if word in words.WEEKDAYS[language]:
        return f"-W-{words.WEEKDAYS[language].index(word) + 1}"
    return f"--{words.MONTHS[language].index(word.rsplit(maxsplit=1)[-1]) + 1:02d}"
