"""Count how common each term is in the window, and say when it is time to count anew.

Enters: features of the window and the vocabulary in use. Leaves: the vocabulary to use.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from copydesk.transforms.stories.scan_texts import KIND_SHIFT, TERM_BITS, TITLE
from copydesk.transforms.stories.vocabulary import PACKAGED_LANGUAGES, LanguageCounts, Vocabulary
from copydesk.transforms.stories.votes import Ints
from copydesk.transforms.text.segments import held_twice, list_views


@dataclass(frozen=True, slots=True)
class CountThresholds:
    """A language is counted when the window holds `first_votes` of it, and again whenever that has grown by `growth`.

    For a language with a packaged vocabulary the first time is at `first_packaged_votes`: until then the window
    knows less. Terms of fewer than `minimum_votes` votes are left out: an absent term is rare.
    """

    first_votes: int = 300
    first_packaged_votes: int = 5_000
    growth: float = 2.0
    minimum_votes: int = 3


def count_vocabulary(features: pa.Table, vocabulary: Vocabulary, thresholds: CountThresholds) -> Vocabulary:
    """Return the vocabulary in use while it is fresh, else its next version, counted over one article a vote.

    A new version counts the languages that are due and keeps the others.
    """
    articles, vote = (
        np.asarray(features[name].to_pylist(), dtype="U20") for name in ("article_id", "vote_id")
    )
    by_vote = np.lexsort((articles, vote))
    first = by_vote[np.unique(vote[by_vote], return_index=True)[1]]
    language = features["language"].take(pa.array(first))
    votes = {row["values"]: row["counts"] for row in pc.value_counts(language).to_pylist()}
    due = sorted(name for name, count in votes.items() if count >= _threshold(name, vocabulary, thresholds))
    if not due:
        return vocabulary
    speakers = {name: first[pc.equal(language, name).to_numpy(zero_copy_only=False)] for name in due}
    views = list_views(features["terms"])
    counted = {
        name: _count([views[row] & TERM_BITS for row in rows], thresholds) for name, rows in speakers.items()
    }
    return Vocabulary(vocabulary.version + 1, {**vocabulary.languages, **counted})


def _threshold(language: str, vocabulary: Vocabulary, thresholds: CountThresholds) -> float:
    counted = vocabulary.languages.get(language)
    if counted is not None:
        return thresholds.growth * counted.article_count
    return thresholds.first_packaged_votes if language in PACKAGED_LANGUAGES else thresholds.first_votes


def _count(votes: Sequence[Ints], thresholds: CountThresholds) -> LanguageCounts:
    """Count the terms of some votes."""
    heard = held_twice(votes, sum(map(len, votes)))
    shared = [pa.array(own[heard[own & len(heard) - 1]]) for own in votes]
    columns = pa.chunked_array(shared).dictionary_encode().chunks
    if not columns:  # votes that share nothing
        return LanguageCounts(len(votes), np.empty(0, np.int64), np.empty(0, np.int64))
    terms = columns[0].dictionary.to_numpy()
    counts = np.bincount(np.concatenate([each.indices.to_numpy() for each in columns]), minlength=len(terms))
    kept = np.flatnonzero((counts >= thresholds.minimum_votes) & (terms < TITLE << KIND_SHIFT))
    kept = kept[np.argsort(terms[kept])]
    return LanguageCounts(len(votes), terms[kept], counts[kept])
