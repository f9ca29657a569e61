"""Describe settled stories: their facts, and each member's score and evidence.

Enters: the affected votes with their pairs and stories. Leaves: rows of stories and of story_members.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from transforms.stories.choose_representatives import choose_representatives
from transforms.stories.compare_votes import shared_quotes
from transforms.stories.explain_member import Shared, explain_member
from transforms.stories.find_affected import Affected
from transforms.stories.gather_votes import MICROS_A_DAY, Gathered, days_of
from transforms.stories.scan_texts import KIND_SHIFT, QUOTE_RUN_WORDS
from transforms.stories.votes import Floats, Ints, Votes

_DIGITS = 4
_KNOWN_DAYS = 31.0
"""A time known to a month says when a story was first seen; a wider one does not."""

_ALONE = "opened the story; nothing in the window is like it"


@dataclass(frozen=True, slots=True)
class Described:
    """Rows of stories and of story_members, and the names that each story is found by later."""

    stories: list[dict[str, object]]
    members: list[dict[str, object]]
    story_keys: Mapping[str, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class _Inside:
    """For each affected vote: its summed likeness to its story, its nearest vote (or -1), votes in its story."""

    sums: Floats
    nearest: Ints
    votes: Ints


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
    inside = _look_inside(affected, story, len(gathered.votes.low))
    chosen = choose_representatives(gathered, affected.rows, story)
    votes = np.bincount(story)
    cohesion = np.bincount(story, weights=inside.sums) / np.maximum(votes * (votes - 1), 1)
    cohesion = np.where(votes > 1, cohesion.clip(0, 1), 1.0)
    position = np.full(len(gathered.votes.low), -1, dtype=np.int64)
    position[affected.rows] = np.arange(len(affected.rows))
    vote = position[gathered.vote_of_row]
    rows = np.flatnonzero(vote >= 0)
    facts = _facts(features.take(pa.array(rows)), story[vote[rows]])
    speakers = features.take(pa.array(gathered.speaker_rows[affected.rows[chosen]]))
    heads = speakers.select(["article_id", "headline", "headline_method"]).to_pylist()
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
    members = _members(features, gathered, affected.rows, rows, vote, [str(names[s]) for s in story], inside)
    keys = {
        str(name): tuple(own) for name, own in zip(names, speakers["lead_names"].to_pylist(), strict=True)
    }
    return Described(stories, members, keys)


def _look_inside(affected: Affected, story: Ints, size: int) -> _Inside:
    position = np.full(size, -1, dtype=np.int64)
    position[affected.rows] = np.arange(len(affected.rows))
    left, right = position[affected.left], position[affected.right]
    within = story[left] == story[right]
    a = np.concatenate([left[within], right[within]])
    b = np.concatenate([right[within], left[within]])
    likeness = np.concatenate([affected.likeness[within]] * 2).astype(np.float64)
    # Summed in the order of the votes, so that the sums hang on the pairs alone.
    order = np.lexsort((b, a))
    sums = np.bincount(a[order], weights=likeness[order], minlength=len(affected.rows))
    nearest = np.full(len(affected.rows), -1, dtype=np.int64)
    best = np.lexsort((b, -likeness, a))
    rows, first = np.unique(a[best], return_index=True)
    nearest[rows] = b[best][first]
    return _Inside(sums.astype(np.float64), nearest, np.bincount(story)[story])


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


def _members(
    features: pa.Table,
    gathered: Gathered,
    affected: Ints,
    rows: Ints,
    vote: Ints,
    story_of: list[str],
    inside: _Inside,
) -> list[dict[str, object]]:
    speakers = gathered.speaker_rows[affected]
    articles = features["article_id"].to_pylist()
    quotes = features["quotes"]
    told = [(1.0 if inside.votes[i] == 1 else 0.0, _ALONE, _ALONE) for i in range(len(affected))]
    paired = np.flatnonzero(inside.nearest >= 0)
    votes = gathered.votes
    kinds = gathered.column_terms >> KIND_SHIFT
    counts = _share(votes, kinds, affected[paired], affected[inside.nearest[paired]])
    gaps = _gaps(votes, affected[paired], affected[inside.nearest[paired]]).tolist()
    scores = (inside.sums[paired] / (inside.votes[paired] - 1)).clip(0, 1).tolist()
    for k, (i, mate) in enumerate(zip(paired.tolist(), inside.nearest[paired].tolist(), strict=True)):
        words, names, numbers, runs = counts[k].tolist()
        if runs:
            runs = _quotations(quotes[int(speakers[i])].as_py(), quotes[int(speakers[mate])].as_py())
        shared = Shared(names, runs, numbers, words)
        nearest = articles[int(speakers[mate])]
        told[i] = (
            scores[k],
            explain_member(shared, nearest, gaps[k], is_copy=False),
            explain_member(shared, nearest, gaps[k], is_copy=True),
        )
    members: list[dict[str, object]] = []
    for row in rows.tolist():
        i = int(vote[row])
        score, own, copied = told[i]
        evidence = own if row == speakers[i] else copied
        members.append(
            {
                "article_id": articles[row],
                "story_id": story_of[i],
                "score": round(score, _DIGITS),
                "evidence": evidence,
            }
        )
    return members


def _share(votes: Votes, kinds: Ints, own: Ints, mates: Ints) -> Ints:
    """Count for each vote what it shares with its mate: words, names, numbers, runs of quoted words."""
    shared = np.zeros((len(own), 4), dtype=np.int64)
    is_own = np.zeros(len(kinds), dtype=bool)
    starts, columns = votes.terms.starts, votes.terms.columns
    for i, (a, b) in enumerate(zip(own.tolist(), mates.tolist(), strict=True)):
        here, there = columns[starts[a] : starts[a + 1]], columns[starts[b] : starts[b + 1]]
        is_own[here] = True
        shared[i, :3] = np.bincount(kinds[there[is_own[there]]], minlength=3)
        is_own[here] = False
    shared[:, 3] = shared_quotes(votes.quotes, own, mates)
    return shared


def _quotations(own: list[int], other: list[int]) -> int:
    """Count the stretches of quoted words that both share: neighbouring runs are one quotation."""
    common = set(other)
    count, last = 0, -QUOTE_RUN_WORDS - 1
    for at, run in enumerate(own):
        if run in common:
            count += at - last > 1
            last = at
    return count


def _gaps(votes: Votes, own: Ints, mates: Ints) -> Floats:
    """Return the days between the times of two votes, NaN where one is open."""
    low, high = votes.low, votes.high
    dated = np.isfinite(low) & np.isfinite(high)
    with np.errstate(invalid="ignore"):
        gaps = np.maximum(low[own] - high[mates], low[mates] - high[own])
    return np.where(dated[own] & dated[mates], gaps, np.nan)
