"""Describe settled stories: their facts, and each member's score and evidence.

Enters: the affected votes with their pairs and stories. Leaves: rows of stories and of story_members.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from copydesk.transforms.stories.explain_members import Explained, Ties, explain_members
from copydesk.transforms.stories.find_affected import Affected
from copydesk.transforms.stories.gather_votes import MICROS_A_DAY, Gathered, days_of
from copydesk.transforms.stories.votes import Floats, Ints
from copydesk.transforms.text.segments import number_values, portions, spread

_DIGITS = 4
_FACTS = ["article_id", "source_id", "outlet", "seen_at", "start_at", "end_at"]
_HEADS = ["article_id", "headline", "headline_method", "lead_names"]
_KNOWN_DAYS = 31.0
"""A time known to a month says when a story was first seen; a wider one does not."""

_NEARLY = 0.9
_TERMS = 1 << 18
"""So many terms of stories are counted at a time."""


@dataclass(frozen=True, slots=True)
class Described:
    """Rows of stories and of story_members, and the names that each story is found by later."""

    stories: list[dict[str, object]]
    members: list[dict[str, object]]
    story_keys: Mapping[str, tuple[int, ...]]


def describe_stories(
    features: pa.Table,
    gathered: Gathered,
    affected: Affected,
    story_of: list[str],
    *,
    vocabulary_version: int,
) -> Described:
    """Describe the stories of the affected votes; `story_of` is parallel to `affected.rows`."""
    names, story = np.unique(np.asarray(story_of, dtype="U20"), return_inverse=True)
    ties = _tie(affected, story)
    chosen = choose_representatives(gathered, affected.rows, story)
    votes = np.bincount(story)
    cohesion = np.bincount(story, weights=ties.sums) / np.maximum(votes * (votes - 1), 1)
    cohesion = np.where(votes > 1, cohesion.clip(0, 1), 1.0)
    rows = np.flatnonzero(np.isin(gathered.vote_of_row, affected.rows))
    vote = np.searchsorted(affected.rows, gathered.vote_of_row[rows])
    members = features.select(_FACTS).take(pa.array(rows))
    facts = _facts(members, story[vote])
    speaker_rows = gathered.speaker_rows[affected.rows]
    speakers = features.select(_HEADS).take(pa.array(speaker_rows[chosen]))
    heads = speakers.drop_columns(["lead_names"]).to_pylist()
    stories = [
        {
            "story_id": str(names[i]),
            "headline": head["headline"],
            "headline_method": head["headline_method"],
            "representative_article_id": head["article_id"],
            **facts[i],
            "vote_count": int(votes[i]),
            "cohesion_ratio": round(float(cohesion[i]), _DIGITS),
            "vocabulary_version": vocabulary_version,
        }
        for i, head in enumerate(heads)
    ]
    explained = explain_members(features, gathered, affected.rows, ties)
    said = [explained[i] for i in vote.tolist()]
    keys = zip(names.tolist(), map(tuple, speakers["lead_names"].to_pylist()), strict=True)
    return Described(
        stories, _members(members, names[story[vote]].tolist(), said, rows == speaker_rows[vote]), dict(keys)
    )


def _members(
    articles: pa.Table, stories: list[str], explained: list[Explained], is_speaker: NDArray[np.bool_]
) -> list[dict[str, object]]:
    rows = zip(articles["article_id"].to_pylist(), stories, explained, is_speaker.tolist(), strict=True)
    return [
        {
            "article_id": article,
            "story_id": story,
            "score": round(told.score, _DIGITS),
            "evidence": told.evidence if speaks else told.evidence_of_copies,
        }
        for article, story, told, speaks in rows
    ]


def _tie(affected: Affected, story: Ints) -> Ties:
    within = story[affected.left] == story[affected.right]
    left, right = affected.left[within], affected.right[within]
    a, b = np.concatenate([left, right]), np.concatenate([right, left])
    likeness = np.concatenate([affected.likeness[within]] * 2).astype(np.float64)
    # Summed in the order of the votes, so that the sums hang on the pairs alone.
    order = np.lexsort((b, a))
    sums = np.bincount(a[order], weights=likeness[order], minlength=len(story))
    nearest = np.full(len(story), -1, dtype=np.int64)
    best = np.lexsort((b, -likeness, a))
    rows, first = np.unique(a[best], return_index=True)
    nearest[rows] = b[best][first]
    return Ties(sums.astype(np.float64), nearest, np.bincount(story)[story])


def _facts(members: pa.Table, story: Ints) -> list[dict[str, object]]:
    """Count articles and sources of each story, and find when it was first and last seen."""
    seen = _seen(members, story)
    outlets = pc.coalesce(members["outlet"], members["source_id"])
    _, source = np.unique(np.asarray(outlets.to_pylist(), dtype=str), return_inverse=True)
    count = int(story.max(initial=-1)) + 1
    first = np.full(count, np.iinfo(np.int64).max)
    last = np.full(count, np.iinfo(np.int64).min)
    np.minimum.at(first, story, seen)
    np.maximum.at(last, story, seen)
    articles = np.bincount(story, minlength=count)
    pairs = np.unique(story * (int(source.max(initial=0)) + 1) + source) // (int(source.max(initial=0)) + 1)
    sources = np.bincount(pairs, minlength=count)
    return [
        {
            "first_seen_at": _instant(int(first[i])),
            "last_seen_at": _instant(int(last[i])),
            "article_count": int(articles[i]),
            "source_count": int(sources[i]),
        }
        for i in range(count)
    ]


def _seen(members: pa.Table, story: Ints) -> Ints:
    """Return each member's time: its publication, or what its story's others allow where it is not known."""
    start, end = days_of(members["start_at"], -np.inf), days_of(members["end_at"], np.inf)
    known = end - start <= _KNOWN_DAYS
    first = np.full(int(story.max(initial=-1)) + 1, np.inf)
    np.minimum.at(first, story, np.where(known, start, np.inf))
    first_seen = np.full(len(first), np.inf)
    fetched = days_of(members["seen_at"], np.nan)
    np.minimum.at(first_seen, story, fetched)
    of_story = np.where(np.isfinite(first), first, first_seen)[story]
    exact = pc.coalesce(members["start_at"], members["seen_at"]).cast(pa.int64()).to_numpy()
    rest = np.rint(of_story * MICROS_A_DAY).astype(np.int64)
    micros: Ints = np.where(known, exact, rest)
    return micros


def _instant(micros: int) -> datetime:
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=micros)


def choose_representatives(gathered: Gathered, rows: Ints, story: Ints) -> Ints:
    """Return for each story a position in `rows`; `story` numbers them from 0.

    The representative is the fullest of those that tell nearly as much as the best does of what others tell too.
    """
    lengths = gathered.votes.sizes[rows]
    covered = np.zeros(len(rows))
    shared = np.flatnonzero(np.bincount(story)[story] > 1)
    covered[shared] = _covered(gathered, rows[shared], story[shared])
    best = np.zeros(int(story.max(initial=-1)) + 1)
    np.maximum.at(best, story, covered)
    is_near = covered >= _NEARLY * best[story]
    order = np.lexsort((-lengths, ~is_near, story))
    first = np.flatnonzero(np.diff(story[order], prepend=-1))
    chosen: Ints = order[first]
    return chosen


def _covered(gathered: Gathered, rows: Ints, story: Ints) -> Floats:
    """Sum for each vote the weight of its terms, times how many others of its story tell them too."""
    sums = np.zeros(len(rows))
    by_story = np.argsort(story, kind="stable")
    counts = np.bincount(story)
    bounds = np.append(0, np.cumsum(counts[counts > 0]))
    for terms in (gathered.votes.rare, gathered.votes.common):
        sizes = np.diff(terms.starts)[rows[by_story]]
        for stories in portions(np.add.reduceat(sizes, bounds[:-1]), _TERMS):
            votes = by_story[bounds[stories.start] : bounds[stories.stop]]
            places, vote = spread(terms.starts[rows[votes]], np.diff(terms.starts)[rows[votes]])
            columns = terms.columns[places]
            _, numbers = number_values(story[votes][vote] * len(terms.weights) + columns)
            told = np.bincount(numbers)[numbers]
            sums[votes] += np.bincount(vote, terms.weights[columns] * (told - 1), minlength=len(votes))
    return sums
