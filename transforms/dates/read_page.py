"""Read the dates that the body of a page shows or marks up, each with the place where it stands."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from copydesk.schemas.enums import DateKind
from copydesk.transforms.dates.date_words import MONTHS, WEEKDAY_WORDS
from copydesk.transforms.dates.find_heading import find_heading
from copydesk.transforms.dates.find_spots import Spot, find_spots, short_text
from copydesk.transforms.dates.kind_of_spot import is_of_event, kind_of
from copydesk.transforms.dates.page_regions import Region, is_in_card, region_of
from copydesk.transforms.dates.reading import Reading
from copydesk.transforms.page.walk_page import Page

_EVENT_TOLD = (DateKind.EVENT, True)
_UNSAID = (DateKind.PUBLISHED, False)
_SAME_LINE = 120
_BEGUN_TEXTS = 2
_CARDS = 3
_BESIDE_CHARS = 700
_SETTLED = frozenset({"comment", "embed", "caption"})
_LIVE = re.compile(
    r"\b(?:live|live-?blog|live-?ticker|as it happened|en direct|en directo|en vivo|minuto a minuto|in diretta|ao vivo"
    r"|na żywo|онлайн)\b|ライブ|直播",
    re.IGNORECASE,
)
"""Headlines of live blogs. In lists of other days the first entry is no birth: it was wrong where it was tried."""
_CLASS_STRICT = re.compile(r"date(?!line)|datum|fecha|time(?!line)|posted|publi", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Sighting:
    """A date on the page: `distance_chars` counts text from the headline, negative above it, null without one.

    `on` is the day for which it stands: that which readers are shown in the place of a stamp.
    """

    reading: Reading
    kind: DateKind
    how: str
    quote: str
    on: date | None
    region: Region
    distance_chars: int | None
    is_labelled: bool
    is_marked: bool
    days_in_list_count: int


@dataclass(frozen=True, slots=True)
class _Place:
    """What is around a page's dates: its headline, the days of events, the kinds of list that are cards."""

    page: Page
    line: frozenset[Any]
    headline: str
    head_at: int | None
    events: list[tuple[date | None, int]]
    of_cards: frozenset[str]
    first_days: dict[str, date]
    is_one_day: bool


def read_page(
    page: Page,
    title: str | None,
    ago: Callable[[str], Reading | None] = lambda _text: None,
    *,
    is_month_first: bool | None = None,
    is_year_first: bool = False,
    is_language_known: bool = True,
) -> list[Sighting]:
    """Return the dates of the body in document order; attributes count where they state a date.

    `ago` reads what is told from the moment of the fetch. `is_month_first` tells for which day 03/04/2020 stands,
    `is_year_first` for which 20.04.03. Where the labels of the language are not known, any of them may be of a change.
    """
    heading, head_at = find_heading(page, title)
    line = frozenset((heading, *heading.iterancestors())) if heading is not None else frozenset()
    headline = " ".join("".join(heading.itertext()).split()) if heading is not None else ""
    spots = _settled(find_spots(page, ago, is_year_first=is_year_first), is_month_first=is_month_first)
    regions = _regions(spots, line)
    kinds = [kind_of(spot, least_words=2 if is_language_known else 1) for spot in spots]
    alike = defaultdict[str, list[Spot]](list)
    for spot, region in zip(spots, regions, strict=True):
        alike[region.signature].append(spot)
    place = _Place(
        page=page,
        line=line,
        headline=headline,
        head_at=head_at,
        events=[
            (spot.on, spot.at_char) for spot, told in zip(spots, kinds, strict=True) if told == _EVENT_TOLD
        ],
        of_cards=frozenset(
            name for name, items in alike.items() if len({spot.element for spot in items}) >= _CARDS
        ),
        first_days={
            name: min(spot.on for spot in items if spot.on)
            for name, items in alike.items()
            if any(spot.on for spot in items)
        },
        is_one_day=len({spot.on for spot in spots}) == 1,
    )
    days = {name: len({spot.on for spot in items}) for name, items in alike.items()}
    return [
        _sight(spot, _judge(spot, region, told, place), head_at, days[region.signature])
        for spot, region, told in zip(spots, regions, kinds, strict=True)
    ]


def _judge(
    spot: Spot, region: Region, told: tuple[DateKind, bool], place: _Place
) -> tuple[Region, DateKind, bool]:
    """Return the region, the kind and whether a label tells it, seen with what is around."""
    kind, is_labelled = told
    if told == _UNSAID and (_repeats(spot, place.events) or is_of_event(spot, place.line)):
        kind = DateKind.EVENT
    elif told == _UNSAID and region.name == "nav" and (_names_weekday(spot) or _is_timed_above(spot, place)):
        region = replace(region, name="clock")
    elif told == _UNSAID and not region.name and _is_later_entry(spot, region, place):
        region = replace(region, name="entry")
    elif kind is DateKind.PUBLISHED and _may_weigh(spot, region, place) and _is_below(spot, place):
        least_words = 1 if region.signature in place.of_cards else 3
        if is_in_card(spot.element, place.line, place.headline, spot.quote, least_words=least_words):
            region = replace(region, name="card")
    return region, kind, is_labelled


def _is_later_entry(spot: Spot, region: Region, place: _Place) -> bool:
    """Tell whether a date is one of entries alike, as of a live blog, and not the first day of them."""
    first = place.first_days.get(region.signature)
    is_timed = spot.reading.has_clock and place.head_at is not None and spot.at_char >= place.head_at
    is_list = region.signature in place.of_cards and _LIVE.search(place.headline)
    return bool(is_list and is_timed and spot.on and first and first < spot.on)


def _sight(
    spot: Spot, judged: tuple[Region, DateKind, bool], head_at: int | None, day_count: int
) -> Sighting:
    region, kind, is_labelled = judged
    return Sighting(
        reading=spot.reading,
        kind=kind,
        how=spot.how,
        quote=spot.quote,
        on=spot.on,
        region=region,
        distance_chars=None if head_at is None else spot.at_char - head_at,
        is_labelled=is_labelled,
        is_marked=_is_marked(spot),
        days_in_list_count=day_count,
    )


def _may_weigh(spot: Spot, region: Region, place: _Place) -> bool:
    """Tell whether a date may count where it stands; foreign places are asked only for the one day of a page."""
    is_low = place.head_at is None or spot.at_char - place.head_at > _BESIDE_CHARS
    is_foreign = region.name and is_low and not place.is_one_day and spot.how != "itemprop"
    return region.name not in _SETTLED and not is_foreign


def _settled(spots: list[Spot], *, is_month_first: bool | None) -> list[Spot]:
    """Return the spots with one day for each: of two that another spot names, else the usual one."""
    sure = {spot.on for spot in spots if spot.reading.swapped is None}

    def settle(spot: Spot) -> Spot:
        other = spot.reading.swapped.on if spot.reading.swapped else None
        is_other = (other in sure) > (spot.on in sure) or (bool(is_month_first) and spot.on not in sure)
        return replace(spot, on=other) if other and is_other else spot

    return [settle(spot) for spot in spots]


def _regions(spots: list[Spot], line: frozenset[Any]) -> list[Region]:
    known: dict[Any, Region] = {}
    for spot in spots:
        if spot.element not in known:
            known[spot.element] = region_of(spot.element, line)
    return [known[spot.element] for spot in spots]


def _names_weekday(spot: Spot) -> bool:
    """Tell whether a date stands with its weekday, as the clocks of sites show it."""
    words = re.findall(r"[^\W\d_]{3,}", short_text(spot.element).lower())
    return any(word in WEEKDAY_WORDS and word not in MONTHS for word in words)


def _is_timed_above(spot: Spot, place: _Place) -> bool:
    """Tell whether a time of day stands with a date above the headline: outside its block that is the site's clock."""
    return spot.reading.has_clock and place.head_at is not None and spot.at_char < place.head_at


def _repeats(spot: Spot, events: list[tuple[date | None, int]]) -> bool:
    return any(on == spot.on and abs(at - spot.at_char) <= _SAME_LINE for on, at in events)


def _is_below(spot: Spot, place: _Place) -> bool:
    """Tell whether a spot stands below the beginning of the article's text, where cards of others may be."""
    prose, head_at = place.page.prose, place.head_at
    if head_at is None or spot.at_char < head_at:
        return True
    return bisect_left(prose, spot.at_char) - bisect_left(prose, head_at) >= _BEGUN_TEXTS


def _is_marked(spot: Spot) -> bool:
    marks = f"{spot.element.get('class') or ''} {spot.element.get('id') or ''}"
    return spot.how in ("time", "itemprop") or bool(_CLASS_STRICT.search(marks))
