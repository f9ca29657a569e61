"""Gives the sightings of a revision as rows, and what each says of its line whoever carries it."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any

from copydesk.transforms.rules.records import RuleSet
from copydesk.transforms.site_memory.settle_revision import place_revision
from copydesk.transforms.site_memory.sight_lines import sight_lines
from copydesk.transforms.site_memory.witness import witness

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class SiteLine:
    """A line of a site at a place of its articles."""

    site: str
    place: str
    key: str


def sight_revision(
    revision: Row, spans: Sequence[Row], *, site: str, rules: RuleSet, keys: AbstractSet[int]
) -> tuple[list[Row], dict[int, SiteLine]]:
    """Return the sightings of a revision's lines with these keys as rows, and the lines by line_hash."""
    paragraphs = place_revision(revision, spans).paragraphs
    found_lines = sight_lines(paragraphs, site=site, rules=rules, keys=keys)
    sightings = {found.line_hash: found for found in found_lines}
    if not sightings:
        return [], {}
    teller = witness(paragraphs)
    day = revision["published_on"] or (revision["published_at"] and revision["published_at"].date())
    rows = [
        {
            "revision_id": revision["revision_id"],
            "article_id": revision["article_id"],
            "line_hash": name,
            "is_sentence": found.is_sentence,
            "is_closing": found.is_closing,
            "related_ratio": found.related_ratio,
            "published_on": day,
            "kernel": list(teller.kernel),
            "names": list(teller.names),
        }
        for name, found in sorted(sightings.items())
    ]
    return rows, {name: SiteLine(site, found.place, found.key) for name, found in sightings.items()}
