"""Settle whether 03/04/2016 names the month first, from what the page says of its language and region."""

import re
from urllib.parse import urlsplit

from transforms.dates.date_words import MONTH_FIRST_REGIONS

_NUMERIC = re.compile(r"(?<![\d/.-])(\d{1,2})/(\d{1,2})/(?:(?:19|20)\d\d|\d\d)(?![\d/])")
_AMERICAN_HOSTS = ("us", "gov", "mil", "edu")


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
    top = (urlsplit(url).hostname or "").rsplit(".", 1)[-1] if url and "://" in url else ""
    if top in _AMERICAN_HOSTS:
        return True
    return False if len(top) == 2 and top not in {"co", "io", "tv", "me", "ai", "fm"} else None


def _seen_order(texts: list[str]) -> bool | None:
    firsts = seconds = 0
    for text in texts:
        for match in _NUMERIC.finditer(text):
            firsts += int(match[1]) > 12
            seconds += int(match[2]) > 12
    if bool(firsts) == bool(seconds):
        return None
    return seconds > 0
