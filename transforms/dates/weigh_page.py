"""Turn what a page shows into evidence: how far each sighting can be trusted, or why not at all.

The weights follow how often such a date was the publication day on pages that were dated by hand: a lone day beside
the headline on 98 of 100, a date in a column of teasers on 7 (docs/decisions/dates.md).
"""

from dataclasses import dataclass
from datetime import date

from copydesk.schemas.enums import DateKind
from copydesk.transforms.dates.evidence import Evidence
from copydesk.transforms.dates.read_page import Sighting

_FOREIGN = {
    "comment": "stands among the comments",
    "card": "belongs to another article that the page links to",
    "related": "belongs to another article that the page links to",
    "sidebar": "stands in a side column",
    "footer": "stands in the footer of the page",
    "nav": "stands in the head or menu of the site",
    "clock": "stands in the head of the site with its weekday or a time: perhaps the site's clock",
    "embed": "belongs to a post that the page embeds or quotes",
    "entry": "an entry of a live blog or of a list, and not its first",
    "item": "belongs to something else that the page marks up",
    "calendar": "belongs to a calendar, an archive or an advertisement",
}
_NEVER_NEAR = frozenset({"caption", "card", "comment", "embed", "entry", "item"})
_HEAD = frozenset({"", "nav", "clock"})
_ELSEWHERE = _NEVER_NEAR | {"related"}


_Dated = tuple[Sighting, date]


@dataclass(frozen=True, slots=True)
class _Page:
    """What the sightings say together: the days beside the headline, those in no foreign region, all."""

    near: frozenset[date]
    near_labelled: frozenset[date]
    near_marked: frozenset[date]
    near_timed: frozenset[date]
    near_first: date | None
    own: frozenset[date]
    own_labelled: frozenset[date]
    all_days: frozenset[date]


def weigh_page(sightings: list[Sighting]) -> list[Evidence]:
    """Return one piece of evidence for each sighting, in the same order."""
    page = _survey(sightings)
    return [_weigh(sighting, page) for sighting in sightings]


def _survey(sightings: list[Sighting]) -> _Page:
    dated = [(sighting, on) for sighting in sightings if (on := sighting.on) and on.year > 1994]
    published = [(sighting, on) for sighting, on in dated if sighting.kind is DateKind.PUBLISHED]
    near = [(sighting, on) for sighting, on in published if is_near(sighting)]
    if any(not sighting.region.name for sighting, _ in near):
        near = [(sighting, on) for sighting, on in near if sighting.region.name in _HEAD]
    below = {on for sighting, on in near if (sighting.distance_chars or 0) >= 0}
    if below:
        near = [(s, on) for s, on in near if on in below or s.is_labelled or on < min(below)]
    near = _above_entries(near)
    sure = [(sighting, on) for sighting, on in near if sighting.region.name not in ("nav", "clock")]
    after = [(sighting, on) for sighting, on in near if (sighting.distance_chars or 0) >= 0]
    own = [(sighting, on) for sighting, on in published if not sighting.region.name]
    return _Page(
        near=frozenset(on for _, on in near),
        near_labelled=frozenset(on for sighting, on in sure if sighting.is_labelled),
        near_marked=frozenset(on for sighting, on in sure if sighting.is_marked),
        near_timed=frozenset(on for sighting, on in sure if sighting.reading.hour is not None),
        near_first=min(after, key=lambda pair: pair[0].distance_chars or 0)[1] if after else None,
        own=frozenset(on for _, on in own),
        own_labelled=frozenset(on for sighting, on in own if sighting.is_labelled),
        all_days=frozenset(on for _, on in dated),
    )


def _above_entries(near: list[_Dated]) -> list[_Dated]:
    """Return the dates of the line above a timeline or the entries of a live blog, where there is one; else all."""
    entries = [sighting.distance_chars or 0 for sighting, _ in near if sighting.days_in_list_count > 1]
    above = [
        (sighting, on)
        for sighting, on in near
        if sighting.days_in_list_count == 1 and 0 <= (sighting.distance_chars or 0) < min(entries, default=0)
    ]
    return above if len({on for _, on in above}) == 1 else near


def is_near(sighting: Sighting) -> bool:
    """Tell whether a date stands beside the headline, where articles carry theirs."""
    distance = sighting.distance_chars
    return distance is not None and -250 <= distance <= 700 and sighting.region.name not in _NEVER_NEAR


def _weigh(sighting: Sighting, page: _Page) -> Evidence:
    kind, weight, rejection = sighting.kind, 0.0, ""
    on = sighting.on
    if sighting.region.name == "caption":
        kind, rejection = DateKind.PHOTO, "the date of a picture"
    elif kind is DateKind.BACKGROUND:
        rejection = "told in running text, not said to be the date of the article"
    elif kind is DateKind.PUBLISHED and on is not None:
        weight = _near_weight(sighting, page, on) if is_near(sighting) else _far_weight(sighting, page, on)
        if not weight:
            rejection = _foreign_reason(sighting)
    where = f"@{sighting.region.name}" if sighting.region.name else ""
    method = f"page:{sighting.how}{':labelled' if sighting.is_labelled else ''}{where}"
    return Evidence(sighting.reading, kind, method, "page", weight, sighting.quote, rejection=rejection)


def _near_weight(sighting: Sighting, page: _Page, on: date) -> float:
    if on not in page.near:
        return 0.0
    if sighting.region.name in ("nav", "clock"):
        return 0.62 if sighting.region.name == "nav" and len(page.near) == 1 else 0.4
    if len(page.near) == 1:
        return 0.93 if sighting.is_labelled or sighting.is_marked else 0.88
    if not page.near_labelled and len(page.near_marked | page.near_timed) == 2 and page.near_timed:
        return 0.5  # a date in the site's head beside the article's own, and no telling which is which
    for days, weight in ((page.near_labelled, 0.9), (page.near_marked, 0.8), (page.near_timed, 0.75)):
        if len(days) == 1:
            return weight if on in days else 0.3
    # Of two days what comes below and later is to come, or a change.
    is_born = len(page.near) == 2 and page.near_first == min(page.near)
    first, other = (0.65, 0.3) if is_born else (0.5, 0.4)
    return first if on == page.near_first else other


def _far_weight(sighting: Sighting, page: _Page, on: date) -> float:
    region = sighting.region.name
    if sighting.how == "itemprop" and sighting.is_labelled and region not in _ELSEWHERE:
        return 0.75
    if page.near:
        return 0.0 if region else 0.2
    if page.all_days == {on} and region not in _NEVER_NEAR:
        return 0.75 if sighting.is_labelled or sighting.is_marked else 0.65
    if region:
        return 0.0
    if page.own_labelled == {on} or page.own == {on}:
        return 0.8 if sighting.is_marked or sighting.is_labelled else 0.75
    return 0.3 if sighting.is_labelled else 0.2


def _foreign_reason(sighting: Sighting) -> str:
    if sighting.region.name in _FOREIGN:
        return _FOREIGN[sighting.region.name]
    return f"one of {sighting.days_in_list_count} days in entries alike"
