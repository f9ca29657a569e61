"""Tell the time zone of a publisher: as the source list says, as its page names it, or as its country has one."""

import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import cache
from importlib.resources import files
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_AREAS = ("Africa/", "America/", "Asia/", "Atlantic/", "Australia/", "Europe/", "Indian/", "Pacific/")
_NAME = re.compile(r"\w+\\?/[A-Z][\w+-]{2,30}(?:\\?/[A-Z]\w{2,30})?")
_COUNTRY_OF_TOP = {"uk": "GB"}


def publisher_zone(stated: str | None, scripts: Iterable[str], url: str | None) -> ZoneInfo | None:
    """Return the zone of a publisher, or null where nothing names one.

    `stated` is what the source list says. The scripts of a page count where they name a single zone; else the country
    of its address, where one time is kept everywhere.
    """
    return zone_named(stated) or _zone_of_scripts(scripts) or _zone_of_country(url)


@cache
def zone_named(name: str | None) -> ZoneInfo | None:
    """Return the zone of an IANA name, or null where there is none."""
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def _zone_of_scripts(scripts: Iterable[str]) -> ZoneInfo | None:
    names = {name for script in scripts for name in _names_in(script)}
    zones = {zone for name in names if (zone := zone_named(name.replace("\\", "")))}
    return zones.pop() if len(zones) == 1 else None


def _names_in(script: str) -> set[str]:
    """Return the first names of zones in a script; a plain search for each area is faster than one pattern."""
    names: set[str] = set()
    for area in _AREAS:
        at = script.find(area[:-1])
        while at >= 0 and len(names) < 3:  # two are already too many
            if match := _NAME.match(script, at):
                names.add(match[0])
            at = script.find(area[:-1], at + 1)
    return names


def _zone_of_country(url: str | None) -> ZoneInfo | None:
    host = urlsplit(url).hostname if url and "://" in url else None
    top = (host or "").rsplit(".", 1)[-1]
    return zone_named(_zone_by_country().get(_COUNTRY_OF_TOP.get(top, top.upper())))


@cache
def _zone_by_country() -> dict[str, str]:
    """Read which countries keep one time, from the table that the zones' own package brings."""
    zones: dict[str, list[str]] = {}
    for line in (files("tzdata") / "zoneinfo" / "zone.tab").read_text("utf-8").splitlines():
        if not line.startswith("#"):
            country, _, name = line.split("\t")[:3]
            zones.setdefault(country, []).append(name)
    return {
        country: names[0]
        for country, names in zones.items()
        if country not in _BORROWED and len({_clocks(name) for name in names}) == 1
    }


def _clocks(name: str) -> tuple[timedelta | None, ...]:
    zone = zone_named(name)
    return tuple(datetime(2024, month, 15, tzinfo=zone).utcoffset() for month in (1, 7))


_BORROWED = frozenset(
    {
        "AC",
        "AI",
        "CC",
        "CO",
        "FM",
        "GG",
        "IM",
        "IO",
        "LA",
        "LY",
        "ME",
        "NU",
        "SC",
        "SH",
        "TK",
        "TO",
        "TV",
        "VC",
        "WS",
    }
)
"""Countries whose letters serve as names for anything."""
