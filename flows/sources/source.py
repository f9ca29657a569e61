"""An entry of the source list."""

import re
from dataclasses import dataclass

from flows.fetch.address import Login

_SPAN = re.compile(r"(\d{1,5})\s*(s|m|h|d|w)")
_SECONDS = {"s": 1, "m": 60, "h": 3_600, "d": 86_400, "w": 604_800}
_CRON = re.compile(r"(?:[\d*/,\-a-zA-Z#?L]+\s+){4}[\d*/,\-a-zA-Z#?L]+")


@dataclass(frozen=True, slots=True)
class Source:
    """One source, of a SourceKind. Either `url` or `path` is given; a list of addresses may stand in either.

    A page is asked for again after `recheck_after_hours`, then after twice that, and so on, until it was
    first seen `recheck_for_days` ago. `fetches_pages` False takes a feed's own text instead of its pages.
    """

    source_id: str
    kind: str
    url: str | None = None
    path: str | None = None
    language: str | None = None
    licence: str | None = None
    publisher: str | None = None
    timezone: str | None = None
    schedule: str | None = None
    is_enabled: bool = True
    fetches_pages: bool = True
    delay_seconds: float | None = None
    requests_per_host: int | None = None
    recheck_after_hours: float = 24.0
    recheck_for_days: float = 7.0
    max_pages: int | None = None
    login: Login | None = None


def is_schedule(text: str) -> bool:
    """Tell whether a text is a span (`15m`, `2h`, `1d`) or a cron line of five fields."""
    return bool(_SPAN.fullmatch(text.strip()) or _CRON.fullmatch(text.strip()))


def schedule_seconds(text: str | None) -> float | None:
    """Return the length of a span; null for a cron line or nothing."""
    match = _SPAN.fullmatch(text.strip()) if text else None
    return float(int(match.group(1)) * _SECONDS[match.group(2)]) if match else None
