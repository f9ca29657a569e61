"""Read the dates that the body of a page shows or marks up, each with the place where it stands."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from schemas.enums import DateKind
from transforms.dates.date_words import EVENT_LABEL, MODIFIED_LABEL, PUBLISHED_LABEL
from transforms.dates.find_heading import find_heading
from transforms.dates.page_zones import Zone, zone_of
from transforms.dates.read_date import read_dates, read_stamp
from transforms.dates.reading import Reading
from transforms.dates.text_before import text_before
from transforms.page.walk_page import Page

_ATTRIBUTES = (
    "datetime",
    "content",
    "data-datetime",
    "data-date",
    "data-timestamp",
    "data-time",
    "data-published",
    "data-publish-date",
    "data-pubdate",
    "title",
)
_DIGIT = re.compile(r"\d")
_PUBLISHED = re.compile(
    rf"(?:^|[\W\d_])(?:{PUBLISHED_LABEL})\W{{0,4}}(?:\w{{1,12}}\W{{1,3}}){{0,3}}$", re.IGNORECASE
)
_MODIFIED = re.compile(
    rf"(?:^|[\W\d_])(?:{MODIFIED_LABEL})\W{{0,4}}(?:\w{{1,12}}\W{{1,3}}){{0,2}}$", re.IGNORECASE
)
_EVENT = re.compile(rf"(?:^|[\W\d_])(?:{EVENT_LABEL})\W{{0,4}}(?:\w{{1,4}}\W{{1,2}})?$", re.IGNORECASE)
_COPYRIGHT = re.compile(r"©|\(c\)|copyright|all rights reserved|alle rechte", re.IGNORECASE)
_CLASS_MODIFIED = re.compile(r"modif|updat|lastmod|revis|aktual|change", re.IGNORECASE)
_CLASS_PUBLISHED = re.compile(
    r"publi|entry-?date|post-?date|posted|datecreated|pubdate|article-?date|date-?article|created|erstell"
    r"|issue|release",
    re.IGNORECASE,
)
_CLASS_PROFILE = re.compile(
    r"(?:^|[\s_-])join(?:ed|-?date)?(?:$|[\s_-])|member-?since|registered|reg-?date|birth", re.IGNORECASE
)
_CLASS_DATE = re.compile(r"date|datum|fecha|time|posted|publish|byline|meta|info|zeit", re.IGNORECASE)
_CLASS_STRICT = re.compile(r"date(?!line)|datum|fecha|time(?!line)|posted|publi", re.IGNORECASE)
_LEADS = re.compile(r"^\W{0,3}(?:[^\d.!?:;]{2,40}[,(:/|–-]\s?(?:den |le |il |el )?)?$")
_FOLLOWS_LEAD = re.compile(r"^\s*(?:[-–—:|/)„“\"«(.]|$)")


@dataclass(frozen=True, slots=True)
class Sighting:
    """A date on the page: `distance_chars` counts text from the headline, negative above it, null without one."""

    reading: Reading
    kind: DateKind
    how: str
    quote: str
    zone: Zone
    distance_chars: int | None
    is_labelled: bool
    is_marked: bool
    is_leading: bool
    days_in_list_count: int


@dataclass(frozen=True, slots=True)
class _Spot:
    element: Any
    reading: Reading
    how: str
    quote: str
    at_char: int
    label: str
    is_alone: bool
    is_leading: bool = False


def read_page(
    page: Page, title: str | None, ago: Callable[[str], Reading | None] = lambda _text: None
) -> list[Sighting]:
    """Return the dates of the body in document order; attributes count where they state a date.

    `ago` reads what is told from the moment of the fetch.
    """
    heading, head_at = find_heading(page, title)
    line = frozenset((heading, *heading.iterancestors())) if heading is not None else frozenset()
    spots = [*_marked_spots(page, ago), *_text_spots(page)]
    return _sightings(spots, line, head_at)


def _marked_spots(page: Page, ago: Callable[[str], Reading | None]) -> Iterator[_Spot]:
    for element, at in page.marked[:400]:
        stated = [element.get(name) for name in _ATTRIBUTES]
        raw = next((value for value in stated if value and _DIGIT.search(value)), None)
        reading = read_stamp(raw) if raw else None
        text = _short_text(element) if reading is None and len(element) <= 8 else ""
        if text and (told := ago(text)) is not None:
            label = f"{text_before(element)} {_DIGIT.split(text, maxsplit=1)[0]}"
            yield _Spot(element, told, "ago", text, at, label, is_alone=True)
            continue
        if reading is None:
            if len(element) > 8 or (len(element) == 0 and element.tag != "time"):
                continue  # its one text is read by _text_spots
            found = next(read_dates(text), None) if text else None
            if found is None:
                continue
            reading, raw = found.reading, text[found.start_char : found.end_char]
        how = "time" if element.tag == "time" else "itemprop" if element.get("itemprop") else "class"
        yield _Spot(element, reading, how, str(raw), at, text_before(element), is_alone=True)


def _short_text(element: Any) -> str:
    parts, length = [], 0
    for part in element.itertext():
        parts.append(part)
        length += len(part.strip())
        if length > 160:
            return ""
    text = " ".join(" ".join(parts).split())
    return text if _DIGIT.search(text) else ""


def _text_spots(page: Page) -> Iterator[_Spot]:
    for dated in page.dated[:600]:
        owner, text, is_tail = dated.element, dated.text, dated.is_tail
        for found in read_dates(text[:20_000]):
            element = owner.getparent() if is_tail else owner
            before = text[max(0, found.start_char - 60) : found.start_char]
            if len(before.strip()) < 20:
                led_by = (owner.xpath("string()")[-60:] + " ") if is_tail and len(owner) < 4 else ""
                before = (led_by if led_by.strip() else text_before(owner)) + " " + before
            rest = len(text.strip()) - (found.end_char - found.start_char)
            leads = bool(
                _LEADS.match(text[: found.start_char].strip()) and _FOLLOWS_LEAD.match(text[found.end_char :])
            )
            quote = text[found.start_char : found.end_char]
            spot_at = dated.at + len(text[: found.start_char].strip())
            yield _Spot(element, found.reading, "text", quote, spot_at, before, rest < 40, leads)


def _sightings(spots: list[_Spot], line: frozenset[Any], head_at: int | None) -> list[Sighting]:
    known: dict[Any, Zone] = {}
    for spot in spots:
        if spot.element not in known:
            known[spot.element] = zone_of(spot.element, line)
    zones = [known[spot.element] for spot in spots]
    days: dict[str, set[object]] = {}
    for spot, zone in zip(spots, zones, strict=True):
        days.setdefault(zone.signature, set()).add(spot.reading.on)
    sightings = []
    for spot, zone in zip(spots, zones, strict=True):
        kind, is_labelled = _kind_of(spot)
        distance = None if head_at is None else spot.at_char - head_at
        sightings.append(
            Sighting(
                reading=spot.reading,
                kind=kind,
                how=spot.how,
                quote=spot.quote,
                zone=zone,
                distance_chars=distance,
                is_labelled=is_labelled,
                is_marked=_is_marked(spot),
                is_leading=spot.is_leading,
                days_in_list_count=len(days[zone.signature]),
            )
        )
    return sightings


def _is_marked(spot: _Spot) -> bool:
    marks = f"{spot.element.get('class') or ''} {spot.element.get('id') or ''}"
    return spot.how in ("time", "itemprop") or bool(_CLASS_STRICT.search(marks))


def _kind_of(spot: _Spot) -> tuple[DateKind, bool]:
    element = spot.element
    marks = " ".join(element.get(name) or "" for name in ("class", "itemprop", "id", "pubdate"))
    label = " ".join(spot.label.split())[-45:]
    if _COPYRIGHT.search(label[-30:]):
        return DateKind.COPYRIGHT, True
    if _MODIFIED.search(label) or (_CLASS_MODIFIED.search(marks) and not _CLASS_PUBLISHED.search(marks)):
        return DateKind.MODIFIED, True
    if _EVENT.search(label) or _CLASS_PROFILE.search(marks):
        return DateKind.EVENT, True
    if _PUBLISHED.search(label) or _CLASS_PUBLISHED.search(marks) or element.get("pubdate") is not None:
        return DateKind.PUBLISHED, True
    if spot.how in ("time", "itemprop") or _CLASS_DATE.search(marks):
        return DateKind.PUBLISHED, False
    return DateKind.PUBLISHED if spot.is_alone or spot.is_leading else DateKind.BACKGROUND, False
