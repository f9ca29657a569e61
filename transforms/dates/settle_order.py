"""Settle whether 03/04/2016 is the third of April or the fourth of March.

Other dates of the document decide first: a date that fits only one order, or another source that names one of the
two days. Then the language and region of the page. What stays open keeps both readings and does not vote.
"""

import re
from dataclasses import replace
from datetime import date
from urllib.parse import urlsplit

from copydesk.transforms.dates.date_words import MONTH_FIRST_REGIONS
from copydesk.transforms.dates.evidence import Evidence
from copydesk.transforms.dates.reading import Reading

_NUMERIC = re.compile(r"/(?:(?<=\b(\d\d)/)|(?<=\b(\d)/))(\d{1,2})/(?:(?:19|20)\d\d|\d\d)(?![\d/])")
_AMERICAN_CLOCK = re.compile(r"/(?:19|20)\d\d.{0,16}\d ?[AaPp]\.?[Mm]\.? \(?[ECMP][SD]?T\b")
"""A date before a time of an American zone, with its half of the day."""
_AMERICAN_HOSTS = ("us", "gov", "mil", "edu")


_YEAR_FIRST = frozenset({"ko", "ja", "zh", "hu", "lt", "kr", "jp", "cn", "tw", "hk"})
"""Languages, and countries where the language is not known, that write 24.05.12 for the twelfth of May."""


def is_year_first(language: str | None, url: str | None) -> bool:
    """Tell whether a year of two digits comes first, as language or, where that is not known, the host has it."""
    return ((language or "").lower()[:2] or _top(url)) in _YEAR_FIRST


def _top(url: str | None) -> str:
    return (urlsplit(url).hostname or "").rsplit(".", 1)[-1] if url and "://" in url else ""


def settle_order(language: str | None, url: str | None, texts: list[str]) -> bool | None:
    """Tell whether the month comes first; null where language, region, host and other dates leave it open."""
    language, _, region = (language or "").lower().replace("_", "-").partition("-")
    region = region.split("-")[-1]
    if region and len(region) == 2:
        return region in MONTH_FIRST_REGIONS
    seen = _seen_order(texts)
    if seen is not None:
        return seen
    if language and language != "en":
        return False
    if any(_AMERICAN_CLOCK.search(text) for text in texts if text.count("/") > 1):
        return True
    top = _top(url)
    if top in _AMERICAN_HOSTS:
        return True
    return False if len(top) == 2 and top not in {"co", "io", "tv", "me", "ai", "fm"} else None


def _seen_order(texts: list[str]) -> bool | None:
    firsts = seconds = 0
    for text in texts:
        if text.count("/") < 2:
            continue
        for match in _NUMERIC.finditer(text):
            firsts += int(match[1] or match[2]) > 12
            seconds += int(match[3]) > 12
    if bool(firsts) == bool(seconds):
        return None
    return seconds > 0


def settle_swapped(
    evidence: list[Evidence], language: str | None, *, is_month_first: bool | None
) -> list[Evidence]:
    """Return the evidence with each two-way date read one way, or kept from voting where nothing decides.

    Of a month's name that two languages have, the language of the page decides.
    """
    is_croatian = (language or "").lower()[:2] == "hr"
    sure = {item.reading.on for item in evidence if item.weight and not item.reading.swapped}
    return [
        _settled(item, sure, is_swapped=is_croatian if _is_named(item.reading) else is_month_first)
        for item in evidence
    ]


def _is_named(reading: Reading) -> bool:
    return reading.swapped is not None and reading.swapped.day == reading.day


def _settled(item: Evidence, sure: set[date | None], *, is_swapped: bool | None) -> Evidence:
    reading, swapped = item.reading, item.reading.swapped
    if swapped is None:
        return item
    one = replace(reading, swapped=None)
    fits, fits_swapped = reading.on in sure, swapped.on in sure
    if fits != fits_swapped:
        return replace(item, reading=one if fits else swapped)
    if is_swapped is not None:
        return replace(item, reading=swapped if is_swapped else one)
    reason = f"could be {one.value} or {swapped.value}: nothing settles the order of day and month"
    return replace(item, weight=0.0, rejection=item.rejection or reason)
