"""Find the stories that are related and yet not one: follow-ups, and look-alikes of the same days.

Enters: features of the representatives of stories. Leaves: rows of story_links.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pyarrow as pa

from copydesk.schemas.tables import TABLES
from copydesk.transforms.stories.compare_votes import CompareThresholds, compare_votes
from copydesk.transforms.stories.encode_terms import encode_terms
from copydesk.transforms.stories.gather_votes import GatherThresholds, gather_votes
from copydesk.transforms.stories.vocabulary import Vocabulary
from copydesk.transforms.stories.votes import Floats, Ints

LINKS = TABLES["story_links"].without("run_id")


@dataclass(frozen=True, slots=True)
class RelateThresholds:
    """Stories are related when their representatives are alike by `minimum`, whenever they were written.

    Where one tells of a similar thing in the year of the other, `told_minimum` is enough. A link is a follow-up when
    it is told so, or the stories began more than `follow_up_days` apart.
    """

    minimum: float = 0.20
    told_minimum: float = 0.10
    follow_up_days: float = 3.0


def relate_stories(
    representatives: pa.Table,
    fresh: frozenset[str],
    vocabulary: Vocabulary,
    gather: GatherThresholds,
    thresholds: RelateThresholds,
) -> pa.Table:
    """Return the links of the `fresh` stories to any in the table, each pair once, the earlier story first.

    `representatives` are rows of features with story_id and first_seen_at of the story, one a story.
    """
    if not representatives.num_rows or not fresh:
        return LINKS.empty_table()
    gathered = gather_votes(*encode_terms([_timeless(representatives)]), vocabulary, gather)
    speakers = gathered.speaker_rows
    is_fresh = np.array([story in fresh for story in representatives["story_id"].to_pylist()])[speakers]
    timeless = replace(
        CompareThresholds(), undated_factor=1.0, half_dated_factor=1.0, crowd_factor=0.0, untold_factor=1.0
    )
    left, right, likeness = compare_votes(gathered.votes, np.flatnonzero(is_fresh), timeless)
    kept = likeness >= thresholds.told_minimum
    return _links(
        representatives,
        speakers[left[kept]],
        speakers[right[kept]],
        likeness[kept].astype(np.float64),
        thresholds,
    )


def _timeless(representatives: pa.Table) -> pa.Table:
    """Take the times away, let every article speak for itself, and forget contrasts and facts."""
    nothing = pa.nulls(representatives.num_rows, pa.timestamp("us", tz="UTC"))
    for name, column in (
        ("start_at", nothing),
        ("end_at", nothing),
        ("vote_id", representatives["article_id"]),
        ("is_representative", pa.array([True] * representatives.num_rows)),
        ("contrast_years", pa.array([[]] * representatives.num_rows, pa.list_(pa.int32()))),
        ("facts", pa.array([[]] * representatives.num_rows, pa.list_(pa.int64()))),
    ):
        representatives = representatives.set_column(
            representatives.schema.get_field_index(name), name, column
        )
    return representatives


def _links(
    representatives: pa.Table, left: Ints, right: Ints, likeness: Floats, thresholds: RelateThresholds
) -> pa.Table:
    """Build the rows; `left` and `right` are rows of the table."""
    named = ["story_id", "first_seen_at", "start_at", "end_at", "latest_year", "contrast_years"]
    every = representatives.select(named).to_pylist()
    rows: dict[tuple[str, str], dict[str, object]] = {}
    for a, b, score in zip(left.tolist(), right.tolist(), likeness.tolist(), strict=True):
        first, second = _in_order(every[a], every[b])
        told = _told(second, first)
        if score < thresholds.minimum and not told:
            continue
        days = abs((second["first_seen_at"] - first["first_seen_at"]).days)
        past = f"; one tells of a similar thing in {', '.join(map(str, told))}" if told else ""
        rows[first["story_id"], second["story_id"]] = {
            "story_id": first["story_id"],
            "related_story_id": second["story_id"],
            "kind": "follow_up" if told or days > thresholds.follow_up_days else "related",
            "score": round(min(score, 1.0), 4),
            "evidence": f"their representatives are alike; the stories began {days} days apart{past}",
        }
    return pa.Table.from_pylist([rows[key] for key in sorted(rows)], LINKS)


def _in_order(a: Mapping[str, Any], b: Mapping[str, Any]) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    """Return the earlier story first: the one that the other tells of, else the one that began before."""
    is_told = (bool(_told(a, b)), bool(_told(b, a)))
    if is_told[0] != is_told[1]:
        return (b, a) if is_told[0] else (a, b)
    first, second = sorted((a, b), key=lambda row: (row["first_seen_at"], row["story_id"]))
    return first, second


def _told(teller: Mapping[str, Any], other: Mapping[str, Any]) -> list[int]:
    """Return the years in which the teller knows of a similar thing and in which the other can have been written."""
    first = other["start_at"].year if other["start_at"] else other["latest_year"] or 0
    last = other["end_at"].year if other["end_at"] else 9999
    return [year for year in teller["contrast_years"] if first <= year <= last]
