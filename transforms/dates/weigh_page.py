"""Turn what a page shows into evidence: how far each sighting can be trusted, or why not at all."""

from schemas.enums import DateKind
from transforms.dates.evidence import Evidence
from transforms.dates.read_page import Sighting

_FOREIGN = {
    "comment": "stands among the comments",
    "related": "belongs to another article that the page links to",
    "sidebar": "stands in a side column",
    "footer": "stands in the footer of the page",
    "nav": "stands in the head or menu of the site",
    "calendar": "belongs to a calendar, an archive or an advertisement",
}


def weigh_page(sightings: list[Sighting]) -> list[Evidence]:
    """Return one piece of evidence for each sighting, in the same order."""
    return [_weigh(sighting) for sighting in sightings]


def _weigh(sighting: Sighting) -> Evidence:
    kind, weight, rejection = sighting.kind, 0.0, ""
    if sighting.zone.name == "caption":
        kind, rejection = DateKind.PHOTO, "the date of a picture"
    elif kind is DateKind.BACKGROUND:
        rejection = "told in running text, not said to be the date of the article"
    elif sighting.zone.name in _FOREIGN:
        rejection = _FOREIGN[sighting.zone.name]
    elif _is_of_a_list(sighting):
        rejection = f"one of {sighting.days_in_list_count} days in a list of entries alike"
    elif kind is DateKind.PUBLISHED:
        weight = _trust(sighting)
    family = "visible" if sighting.how in ("text", "class") else "markup"
    where = f"@{sighting.zone.name}" if sighting.zone.name else ""
    method = f"page:{sighting.how}{':labelled' if sighting.is_labelled else ''}{where}"
    return Evidence(sighting.reading, kind, method, family, weight, sighting.quote, rejection=rejection)


def _is_of_a_list(sighting: Sighting) -> bool:
    return sighting.days_in_list_count >= 3 and not _is_near(sighting)


def _is_near(sighting: Sighting) -> bool:
    return sighting.distance_chars is not None and -250 <= sighting.distance_chars <= 700


def _trust(sighting: Sighting) -> float:
    if sighting.is_labelled:
        return 0.85 if _is_near(sighting) else 0.7 if sighting.zone.in_article else 0.5
    if sighting.how in ("time", "itemprop"):
        return 0.75 if _is_near(sighting) else 0.5 if sighting.zone.in_article else 0.3
    if _is_near(sighting):
        return 0.65
    return 0.4 if sighting.zone.in_article else 0.2
