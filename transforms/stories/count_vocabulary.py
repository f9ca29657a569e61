"""Count how common each term is in the window, and say when it is time to count anew.

Enters: features of the window and the vocabulary in use. Leaves: the vocabulary to use.
"""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from transforms.stories.vocabulary import PACKAGED_LANGUAGES, LanguageCounts, Vocabulary
from transforms.text.number_values import number_values
from transforms.text.segments import flat_lists


@dataclass(frozen=True, slots=True)
class CountParams:
    """A language is counted when the window holds `first_votes` of it, and again whenever that has grown by `growth`.

    For a language with a packaged vocabulary the first time is at `first_packaged_votes`: until then the window
    knows less. Terms of fewer than `minimum_votes` votes are left out: an absent term is rare.
    """

    first_votes: int = 300
    first_packaged_votes: int = 5_000
    growth: float = 2.0
    minimum_votes: int = 3


def count_vocabulary(features: pa.Table, vocabulary: Vocabulary, params: CountParams) -> Vocabulary:
    """Return the vocabulary in use while it is fresh, else its next version, counted over one article a vote.

    A new version counts the languages that are due and keeps the others.
    """
    _, first = np.unique(np.asarray(features["vote_id"].to_pylist(), dtype=str), return_index=True)
    speakers = features.select(["language", "terms"]).take(pa.array(first))
    votes = {row["values"]: row["counts"] for row in pc.value_counts(speakers["language"]).to_pylist()}
    due = sorted(name for name, count in votes.items() if count >= _threshold(name, vocabulary, params))
    if not due:
        return vocabulary
    counted = {name: _count(speakers.filter(pc.equal(speakers["language"], name)), params) for name in due}
    return Vocabulary(vocabulary.version + 1, {**vocabulary.languages, **counted})


def _threshold(language: str, vocabulary: Vocabulary, params: CountParams) -> float:
    counted = vocabulary.languages.get(language)
    if counted is not None:
        return params.growth * counted.article_count
    return params.first_packaged_votes if language in PACKAGED_LANGUAGES else params.first_votes


def _count(speakers: pa.Table, params: CountParams) -> LanguageCounts:
    terms, numbers = number_values(flat_lists(speakers["terms"])[0])
    counts = np.bincount(numbers, minlength=len(terms))
    kept = np.flatnonzero(counts >= params.minimum_votes)
    order = kept[np.argsort(terms[kept])]
    return LanguageCounts(speakers.num_rows, terms[order], counts[order])
