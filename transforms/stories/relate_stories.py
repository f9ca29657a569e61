"""Find the stories that are related and yet not one: follow-ups, and look-alikes of the same days.

Enters: features of the representatives of stories. Leaves: rows of story_links.
"""

from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa

from transforms.stories.compare_votes import CompareParams, Floats, Ints, compare_votes
from transforms.stories.gather_votes import GatherParams, gather_votes
from transforms.stories.vocabulary import Vocabulary

LINKS = pa.schema(
    [
        ("story_id", pa.string()),
        ("related_story_id", pa.string()),
        ("kind", pa.string()),
        ("score", pa.float64()),
        ("evidence", pa.string()),
    ]
)


@dataclass(frozen=True, slots=True)
class RelateParams:
    """Stories are related when their representatives are alike by `minimum`, whenever they were written.

    A link is a follow-up when their stories began more than `follow_up_days` apart, or one tells of the other's year
    as the past of a similar thing.
    """

    minimum: float = 0.10
    follow_up_days: float = 3.0


def relate_stories(
    representatives: pa.Table,
    fresh: frozenset[str],
    vocabulary: Vocabulary,
    gather: GatherParams,
    params: RelateParams,
) -> pa.Table:
    """Return the links of the `fresh` stories to any in the table, each pair once, the earlier story first.

    `representatives` are rows of features with story_id and first_seen_at of the story, one a story.
    """
    if not representatives.num_rows or not fresh:
        return LINKS.empty_table()
    gathered = gather_votes(_timeless(representatives), vocabulary, gather)
    speakers = gathered.speaker_rows
    is_fresh = np.array([story in fresh for story in representatives["story_id"].to_pylist()])[speakers]
    timeless = replace(CompareParams(), undated_factor=1.0, same_outlet_factor=1.0)
    left, right, likeness = compare_votes(gathered.votes, np.flatnonzero(is_fresh), timeless)
    kept = likeness >= params.minimum
    return _links(
        representatives,
        speakers[left[kept]],
        speakers[right[kept]],
        likeness[kept].astype(np.float64),
        params,
    )


def _timeless(representatives: pa.Table) -> pa.Table:
    """Take the times away, let every article speak for itself, and forget contrasts."""
    nothing = pa.nulls(representatives.num_rows, pa.timestamp("us", tz="UTC"))
    for name, column in (
        ("start_at", nothing),
        ("end_at", nothing),
        ("vote_id", representatives["article_id"]),
        ("is_representative", pa.array([True] * representatives.num_rows)),
        ("contrast_years", pa.array([[]] * representatives.num_rows, pa.list_(pa.int32()))),
    ):
        representatives = representatives.set_column(
            representatives.schema.get_field_index(name), name, column
        )
    return representatives


def _links(
    representatives: pa.Table, left: Ints, right: Ints, likeness: Floats, params: RelateParams
) -> pa.Table:
    """Build the rows; `left` and `right` are rows of the table."""
    stories = representatives["story_id"].to_pylist()
    began = representatives["first_seen_at"].to_pylist()
    contrasts = representatives["contrast_years"].to_pylist()
    rows: dict[tuple[str, str], dict[str, object]] = {}
    for a, b, score in zip(left.tolist(), right.tolist(), likeness.tolist(), strict=True):
        first, second = sorted((a, b), key=lambda row: (began[row], stories[row]))
        days = (began[second] - began[first]).days
        told = sorted({*contrasts[first], *contrasts[second]})
        is_follow_up = days > params.follow_up_days or bool(told)
        past = f"; one tells of a similar thing in {', '.join(map(str, told))}" if told else ""
        rows[stories[first], stories[second]] = {
            "story_id": stories[first],
            "related_story_id": stories[second],
            "kind": "follow_up" if is_follow_up else "related",
            "score": round(min(score, 1.0), 4),
            "evidence": f"their representatives are alike; the stories began {days} days apart{past}",
        }
    return pa.Table.from_pylist([rows[key] for key in sorted(rows)], LINKS)
