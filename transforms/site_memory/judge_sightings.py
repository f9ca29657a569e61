"""Decides of a line that several articles of a site carry: the site's, or the story's.

A function of the set of sightings: neither order nor batches play a part.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from copydesk.transforms.text.forest import Forest

MOST_SAMPLED = 48
"""Articles of a line that are compared with each other; the same ones whatever the order (smallest ids)."""

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Witness:
    """An article as a witness: hashes of its longest paragraphs, and of the names that it repeats most."""

    kernel: tuple[int, ...]
    names: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class SiteLine:
    """A line of a site at a place of its articles."""

    site: str
    place: str
    key: str


@dataclass(frozen=True, slots=True)
class SiteThresholds:
    """How many articles must witness a line, and how little it may have to do with them.

    Set by reading what goes on the labelled pages and in US news; no site was held out.
    """

    voice_witnesses: int = 2
    voice_related_ratio: float = 0.4
    voice_many_witnesses: int = 4
    tail_sentence_witnesses: int = 3
    tail_related_ratio: float = 0.35
    tail_label_witnesses: int = 4
    closing_ratio: float = 0.8
    head_label_witnesses: int = 6
    middle_witnesses: int = 8
    middle_related_ratio: float = 0.25


@dataclass(frozen=True, slots=True)
class Sampled:
    """One article that carries the line. `published_on` is null where its day is not known."""

    article_id: str
    published_on: date | None
    is_sentence: bool
    is_closing: bool
    related_ratio: float
    witness: Witness


@dataclass(frozen=True, slots=True)
class _Look:
    """How a line looks on the whole in the articles that carry it."""

    is_sentence: bool
    related_ratio: float
    closing_ratio: float


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was decided, on how many independent articles and days, and why in words."""

    is_boilerplate: bool
    witness_count: int
    day_count: int
    reason: str


def judge_sightings(place: str, sampled: Sequence[Sampled], thresholds: SiteThresholds) -> Verdict:
    """Return the verdict on a line at a place, of the articles that carry it (one row each)."""
    rows = sorted(sampled, key=lambda row: row.article_id)[:MOST_SAMPLED]
    witnesses = _count_independent([row.witness for row in rows])
    days = {row.published_on for row in rows if row.published_on}
    needed, why = _needed(place, _look(rows), thresholds)
    if needed is None:
        return Verdict(False, witnesses, len(days), why)
    if len(days) == 1 and all(row.published_on for row in rows):
        needed, why = needed + 2, f"{why}, and all on one day"
    is_boilerplate = witnesses >= needed
    told = f"{witnesses} independent articles of {needed} needed: {why}"
    return Verdict(is_boilerplate, witnesses, len(days), told)


def _look(rows: Sequence[Sampled]) -> _Look:
    count = len(rows)
    return _Look(
        is_sentence=sum(row.is_sentence for row in rows) * 2 >= count,
        related_ratio=sum(row.related_ratio for row in rows) / count,
        closing_ratio=sum(row.is_closing for row in rows) / count,
    )


def _needed(place: str, look: _Look, thresholds: SiteThresholds) -> tuple[int | None, str]:
    """Return how many witnesses a line needs (None: no number is enough), and why."""
    if place == "any":
        return _needed_of_voice(look, thresholds)
    if place == "tail":
        return _needed_of_tail(look, thresholds)
    if place == "head":
        return thresholds.head_label_witnesses, "a label above the articles"
    if look.related_ratio > thresholds.middle_related_ratio:
        return None, "a line amid articles that shares its words with them"
    return thresholds.middle_witnesses, "a long line amid articles that it has nothing to do with"


def _needed_of_voice(look: _Look, thresholds: SiteThresholds) -> tuple[int, str]:
    is_foreign = look.related_ratio <= thresholds.voice_related_ratio
    if look.is_sentence:
        told = "a sentence in the outlet's own voice"
        return (thresholds.voice_witnesses if is_foreign else thresholds.voice_many_witnesses), told
    if is_foreign or look.closing_ratio >= thresholds.closing_ratio:
        return thresholds.voice_witnesses, "a label in the outlet's own voice"
    return thresholds.voice_many_witnesses, "a label amid articles, in the outlet's own voice"


def _needed_of_tail(look: _Look, thresholds: SiteThresholds) -> tuple[int | None, str]:
    if look.is_sentence and look.related_ratio > thresholds.tail_related_ratio:
        return None, "a closing sentence that shares its words with the articles"
    if look.is_sentence:
        return thresholds.tail_sentence_witnesses, "a closing sentence foreign to its articles"
    if look.closing_ratio < thresholds.closing_ratio:
        return None, "a heading with prose below it"
    return thresholds.tail_label_witnesses, "a label with no prose below it"


def _count_independent(witnesses: Sequence[Witness]) -> int:
    """Return how many groups the articles fall into when copies and articles on one matter count once."""
    matters = Forest[int]()
    for later, witness in enumerate(witnesses):
        matters.root(later)
        for earlier in range(later):
            if _is_one_matter(witnesses[earlier], witness):
                matters.join(earlier, later)
    return len(matters.trees())


def _is_one_matter(first: Witness, second: Witness) -> bool:
    kernel = len(set(first.kernel) & set(second.kernel))
    if kernel * 2 >= min(len(first.kernel), len(second.kernel)) and kernel:
        return True
    names = len(set(first.names) & set(second.names))
    return names >= 3 and names * 2 > min(len(first.names), len(second.names))


def judge_carriers(carried: Row, line: SiteLine, thresholds: SiteThresholds) -> Row:
    """Return the verdict on a line as a row without run_id.

    `carried`: line_hash, article_count, first and last day, and a sample of sightings in order of article and
    revision; an article counts once, by its first row.
    """
    sample: dict[str, Sampled] = {}
    for each in carried["sample"]:
        teller = Witness(tuple(each["kernel"]), tuple(each["names"]))
        sample.setdefault(
            each["article_id"],
            Sampled(
                each["article_id"],
                each["published_on"],
                each["is_sentence"],
                each["is_closing"],
                each["related_ratio"],
                teller,
            ),
        )
    verdict = judge_sightings(line.place, list(sample.values()), thresholds)
    return {
        "site": line.site,
        "line_sha256": hashlib.sha256(line.key.encode()).hexdigest(),
        "place": line.place,
        "line_hash": carried["line_hash"],
        "line": line.key,
        "article_count": carried["article_count"],
        "witness_count": verdict.witness_count,
        "day_count": verdict.day_count,
        "first_published_on": carried["first_published_on"],
        "last_published_on": carried["last_published_on"],
        "verdict": "boilerplate" if verdict.is_boilerplate else "story",
        "reason": verdict.reason,
    }
