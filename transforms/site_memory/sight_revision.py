"""Gives the sightings of a revision as rows, and what each says of its line whoever carries it."""

import hashlib
import re
from collections import Counter
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from typing import Any

from copydesk.transforms.rules.records import RuleSet
from copydesk.transforms.site_memory.judge_sightings import SiteLine, Witness
from copydesk.transforms.site_memory.place_paragraphs import Paragraph
from copydesk.transforms.site_memory.settle_revision import place_revision
from copydesk.transforms.site_memory.sight_lines import sight_lines

Row = dict[str, Any]

_NAME = re.compile(r"(?<=[a-zà-ÿ,;] )[A-ZÀ-Þ][\w’'-]{2,}")
KERNEL_PARAGRAPHS = 3
MOST_NAMES = 6


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


def witness(paragraphs: Sequence[Paragraph]) -> Witness:
    """Return what an article can be told by; its last third, where a site's own blocks stand, plays no part."""
    story = [each.text for each in paragraphs[: max(1, 2 * len(paragraphs) // 3)]]
    longest = sorted(story, key=lambda text: (-len(text), text))[:KERNEL_PARAGRAPHS]
    counts = Counter(name for text in story for name in _NAME.findall(text))
    names = sorted(counts, key=lambda name: (-counts[name], name))[:MOST_NAMES]
    return Witness(tuple(sorted(map(_hash, longest))), tuple(sorted(map(_hash, names))))


def _hash(text: str) -> int:
    return int.from_bytes(hashlib.sha256(" ".join(text.split()).encode()).digest()[:4], "big")
