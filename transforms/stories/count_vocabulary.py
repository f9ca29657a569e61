"""Count how common each term is in the window, and say when it is time to count anew.

Enters: features of the window and the vocabulary in use. Leaves: the vocabulary to use.
"""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from transforms.stories.number_terms import number_terms
from transforms.stories.segments import flat_lists
from transforms.stories.vocabulary import LanguageCounts, Vocabulary


@dataclass(frozen=True, slots=True)
class CountParams:
    """A new version is counted when the window holds `first_votes`, and again whenever it has grown by `growth`.

    Terms of fewer than `minimum_votes` votes are left out: an absent term is rare.
    """

    first_votes: int = 500
    growth: float = 2.0
    minimum_votes: int = 3


def count_vocabulary(features: pa.Table, vocabulary: Vocabulary, params: CountParams) -> Vocabulary:
    """Return the vocabulary in use while it is fresh, else its next version, counted over one article a vote."""
    votes = pc.count_distinct(features["vote_id"]).as_py() if features.num_rows else 0
    if votes < max(params.first_votes, params.growth * vocabulary.article_count):
        return vocabulary
    _, first = np.unique(np.asarray(features["vote_id"].to_pylist()), return_index=True)
    speakers = features.select(["language", "terms"]).take(pa.array(first))
    languages = {
        name: _count(speakers.filter(pc.equal(speakers["language"], name)), params)
        for name in sorted(pc.unique(speakers["language"]).to_pylist())
    }
    return Vocabulary(vocabulary.version + 1, languages)


def _count(speakers: pa.Table, params: CountParams) -> LanguageCounts:
    terms, numbers = number_terms(flat_lists(speakers["terms"])[0])
    counts = np.bincount(numbers, minlength=len(terms))
    kept = np.flatnonzero(counts >= params.minimum_votes)
    order = kept[np.argsort(terms[kept])]
    return LanguageCounts(speakers.num_rows, terms[order], counts[order])
