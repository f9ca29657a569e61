"""Count how common each term is in the window, and say when it is time to count anew.

Enters: features of the window, its encoded terms and the vocabulary in use. Leaves: the vocabulary to use.
"""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from copydesk.transforms.stories.encode_terms import EncodedTerms, language_mark
from copydesk.transforms.stories.scan_texts import KIND_SHIFT, TITLE
from copydesk.transforms.stories.vocabulary import PACKAGED_LANGUAGES, LanguageCounts, Vocabulary
from copydesk.transforms.stories.votes import Ints


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


def count_vocabulary(
    features: pa.Table, terms: EncodedTerms, vocabulary: Vocabulary, thresholds: CountThresholds
) -> Vocabulary:
    """Return the vocabulary in use while it is fresh, else its next version, counted over one article a vote.

    `terms` are those of the rows of `features`. A new version counts the languages that are due and keeps the others.
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
    counted = {name: _count(terms, rows, name, thresholds) for name, rows in speakers.items()}
    return Vocabulary(vocabulary.version + 1, {**vocabulary.languages, **counted})


def _threshold(language: str, vocabulary: Vocabulary, thresholds: CountThresholds) -> float:
    counted = vocabulary.languages.get(language)
    if counted is not None:
        return thresholds.growth * counted.article_count
    return thresholds.first_packaged_votes if language in PACKAGED_LANGUAGES else thresholds.first_votes


def _count(terms: EncodedTerms, rows: Ints, language: str, thresholds: CountThresholds) -> LanguageCounts:
    """Count the terms of some rows, which are of one language."""
    found, counts = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    for batch, is_chosen in terms.of(rows):
        held = np.bincount(batch.codes_of(is_chosen), minlength=len(batch.marked))
        found.append(batch.terms(language_mark(language))[held > 0])
        counts.append(held[held > 0])
    known, number = np.unique(np.concatenate(found), return_inverse=True)
    total = np.bincount(number, np.concatenate(counts), minlength=len(known)).astype(np.int64)
    kept = (total >= thresholds.minimum_votes) & (known < TITLE << KIND_SHIFT)
    return LanguageCounts(len(rows), known[kept], total[kept])
