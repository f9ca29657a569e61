"""Say in words why an article is in its story: what it shares, with whom, and how their times lie.

Enters: the affected votes and their ties. Leaves: a score a vote, with a sentence for its speaker and one for copies.
"""

import math
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from copydesk.transforms.stories.compare_votes import shared_quotes
from copydesk.transforms.stories.gather_votes import Gathered
from copydesk.transforms.stories.scan_texts import QUOTE_RUN_WORDS
from copydesk.transforms.stories.votes import Floats, Ints, Votes

_SAME_DAY_DAYS = 1.0
_ALONE = "opened the story; nothing in the window is like it"


@dataclass(frozen=True, slots=True)
class Ties:
    """For each affected vote: its summed likeness to its story, its nearest vote (or -1), votes in its story."""

    sums: Floats
    nearest: Ints
    votes: Ints


@dataclass(frozen=True, slots=True)
class Explained:
    """A vote's mean likeness to its story, and the evidence of the article that speaks for it and of its copies."""

    score: float
    evidence: str
    evidence_of_copies: str


@dataclass(frozen=True, slots=True)
class Shared:
    """What a vote shares with its nearest: distinct names, quotations, numbers and telling words."""

    names: int
    quotations: int
    numbers: int
    words: int


def explain_members(features: pa.Table, gathered: Gathered, affected: Ints, ties: Ties) -> list[Explained]:
    """Return the explanation of each affected vote, given by their places among all votes."""
    explained = [Explained(1.0 if votes == 1 else 0.0, _ALONE, _ALONE) for votes in ties.votes.tolist()]
    paired = np.flatnonzero(ties.nearest >= 0)
    own, mates = affected[paired], affected[ties.nearest[paired]]
    rows = zip(
        paired.tolist(),
        (ties.sums[paired] / (ties.votes[paired] - 1)).clip(0, 1).tolist(),
        _shared(features["quotes"], gathered, own, mates),
        features["article_id"].take(pa.array(gathered.speaker_rows[mates])).to_pylist(),
        _gaps(gathered.votes, own, mates).tolist(),
        strict=True,
    )
    for vote, score, shared, nearest, gap in rows:
        evidence, of_copies = (explain_member(shared, nearest, gap, is_copy=copy) for copy in (False, True))
        explained[vote] = Explained(score, evidence, of_copies)
    return explained


def explain_member(shared: Shared, nearest: str, gap_days: float, *, is_copy: bool) -> str:
    """Return for example "shares 5 names, 2 quotations and 3 numbers with <id>; within a day".

    `gap_days` is the time between both at the least, NaN where one of them is undated.
    """
    parts = [
        _counted(shared.names, "name"),
        _counted(shared.quotations, "quotation"),
        _counted(shared.numbers, "number"),
        _counted(shared.words, "telling word"),
    ]
    told = [part for part in parts if part]
    listed = (
        " and ".join([", ".join(told[:-1]), told[-1]])
        if len(told) > 1
        else "".join(told) or "nothing countable"
    )
    copy = "copy of an article that " if is_copy else ""
    return f"{copy}shares {listed} with {nearest}; {_times(gap_days)}"


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}{'s' if count > 1 else ''}" if count else ""


def _times(gap_days: float) -> str:
    if math.isnan(gap_days):
        return "no dates to compare"
    if gap_days <= -_SAME_DAY_DAYS / 2:
        return "times overlap"
    if gap_days < _SAME_DAY_DAYS:
        return "within a day"
    days = round(gap_days)
    return f"{days} day{'s' if days > 1 else ''} apart"


def _shared(quotes: pa.ChunkedArray, gathered: Gathered, own: Ints, mates: Ints) -> list[Shared]:
    kinds = count_by_kind(gathered.votes, own, mates)
    runs = shared_quotes(gathered.votes.quotes, own, mates)
    quotations = np.zeros(len(own), np.int64)
    for pair in np.flatnonzero(runs).tolist():
        rows = (int(gathered.speaker_rows[votes[pair]]) for votes in (own, mates))
        quotations[pair] = _quotations(*(quotes[row].as_py() for row in rows))
    words, names, numbers = kinds.T.tolist()
    return [Shared(*counts) for counts in zip(names, quotations.tolist(), numbers, words, strict=True)]


def count_by_kind(votes: Votes, own: Ints, mates: Ints) -> Ints:
    """Count the terms that each vote shares with its mate: words, names, numbers."""
    shared = np.zeros((len(own), 3), dtype=np.int64)
    for terms in (votes.rare, votes.common):
        is_own = np.zeros(len(terms.kinds), dtype=bool)
        for i, (a, b) in enumerate(zip(own.tolist(), mates.tolist(), strict=True)):
            here, there = (terms.columns[terms.starts[row] : terms.starts[row + 1]] for row in (a, b))
            is_own[here] = True
            shared[i] += np.bincount(terms.kinds[there[is_own[there]]], minlength=3)[:3]
            is_own[here] = False
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
