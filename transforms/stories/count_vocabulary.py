"""Count how common each term is in the window, and say when it is time to count anew.

Enters: features of the window and the vocabulary in use. Leaves: the vocabulary to use.
"""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from transforms.stories.scan_texts import KIND_SHIFT, TITLE
from transforms.stories.vocabulary import PACKAGED_LANGUAGES, LanguageCounts, Vocabulary
from transforms.stories.votes import Ints
from transforms.text.segments import flat_lists

_BATCH = 1 << 10


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
    language = features["language"].take(pa.array(first))
    votes = {row["values"]: row["counts"] for row in pc.value_counts(language).to_pylist()}
    due = sorted(name for name, count in votes.items() if count >= _threshold(name, vocabulary, params))
    if not due:
        return vocabulary
    speakers = {name: first[pc.equal(language, name).to_numpy(zero_copy_only=False)] for name in due}
    counted = {name: _count(features["terms"], rows, params) for name, rows in speakers.items()}
    return Vocabulary(vocabulary.version + 1, {**vocabulary.languages, **counted})


def _threshold(language: str, vocabulary: Vocabulary, params: CountParams) -> float:
    counted = vocabulary.languages.get(language)
    if counted is not None:
        return params.growth * counted.article_count
    return params.first_packaged_votes if language in PACKAGED_LANGUAGES else params.first_votes


def _count(lists: pa.ChunkedArray, rows: Ints, params: CountParams) -> LanguageCounts:
    """Count the terms of some rows, a batch at a time: a window has millions of them."""
    parts = []
    for begin in range(0, len(rows), _BATCH):
        terms, _ = flat_lists(lists.take(pa.array(rows[begin : begin + _BATCH])))
        parts.append(
            pa.table({"term": terms}).group_by("term", use_threads=False).aggregate([([], "count_all")])
        )
    sums = pa.concat_tables(parts).group_by("term", use_threads=False).aggregate([("count_all", "sum")])
    counted = sums.rename_columns(["term", "count"]).filter(
        (pc.field("count") >= params.minimum_votes) & (pc.field("term") < TITLE << KIND_SHIFT)
    )
    ordered = counted.sort_by("term")
    return LanguageCounts(len(rows), ordered["term"].to_numpy(), ordered["count"].to_numpy())
