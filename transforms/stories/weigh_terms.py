"""Weigh the terms of votes by how rare they are.

Enters: features with the row that speaks for each vote, and a vocabulary. Leaves: weighted terms, a vote a row.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from transforms.stories.scan_texts import HASH_BITS, KIND_SHIFT, TITLE, hash_word
from transforms.stories.vocabulary import Vocabulary, term_weights
from transforms.stories.votes import Floats, Floats32, Ints, SparseRows, TermRows
from transforms.text.segments import flat_lists

if TYPE_CHECKING:
    from transforms.stories.gather_votes import GatherParams

_BATCH = 1 << 10
"""Votes at a time: a window has millions of terms, and no array over them is made but those that are kept."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """`terms` that count, `rare` and `common` of them that two votes hold; of each column the term and its weight."""

    terms: TermRows
    rare: SparseRows
    common: SparseRows
    column_terms: Ints
    weights: Floats


@dataclass(frozen=True, slots=True)
class _Numbered:
    """Terms as columns, a vote a row: a column is a term of one language; how many votes hold it."""

    rows: TermRows
    column_terms: Ints
    column_language: Ints
    holders: Ints


def weigh_terms(
    features: pa.Table, speakers: Ints, vocabulary: Vocabulary, params: "GatherParams"
) -> Weighed:
    """Return the weighted terms of each vote, which has the words of the row that speaks for it.

    Terms that are common are left out; a vote's have unit length.
    """
    languages = features["language"].take(pa.array(speakers)).to_pylist()
    names, language = np.unique(np.asarray(languages, dtype=str), return_inverse=True)
    numbered = _number(features, speakers, language, names)
    weights, ratios = np.zeros(len(numbered.column_terms)), np.zeros(len(numbered.column_terms))
    in_title = numbered.column_terms >> KIND_SHIFT == TITLE
    words = np.where(in_title, numbered.column_terms & HASH_BITS, numbered.column_terms)
    for number, name in enumerate(names):
        own = numbered.column_language == number
        weights[own], ratios[own] = term_weights(words[own], str(name), vocabulary)
    values = _weigh(numbered, weights, params)
    counts = (ratios <= params.common_ratio) & (weights > 0)
    # A term of one vote alone makes no pair.
    is_rare, is_shared = ratios <= params.rare_ratio, counts & (numbered.holders > 1)
    return Weighed(
        _only(numbered.rows, counts),
        _weighted(numbered.rows, values, is_shared & is_rare),
        _weighted(numbered.rows, values, is_shared & ~is_rare),
        numbered.column_terms,
        weights,
    )


def _number(features: pa.Table, speakers: Ints, language: Ints, names: npt.NDArray[np.str_]) -> _Numbered:
    marks = np.array([hash_word(str(name)) & HASH_BITS for name in names], dtype=np.int64)
    lists = features["terms"]
    lists = lists.chunk(0) if lists.num_chunks == 1 else pa.concat_arrays(lists.chunks)
    marked, sizes = [], np.zeros(len(speakers), np.int64)
    for votes in _batches(len(speakers)):
        terms, starts = flat_lists(pa.chunked_array([lists.take(pa.array(speakers[votes]))]))
        sizes[votes] = np.diff(starts)
        marked.append(pa.array(terms ^ np.repeat(marks[language[votes]], sizes[votes])))
    chunks = pa.chunked_array(marked).dictionary_encode().chunks
    rows = TermRows(
        np.concatenate([[0], np.cumsum(sizes)]),
        np.concatenate([chunk.indices.to_numpy() for chunk in chunks]),
    )
    keys = chunks[0].dictionary.to_numpy()
    of_column, holders = np.zeros(len(keys), np.int64), np.zeros(len(keys), np.int64)
    for votes in _batches(len(speakers)):
        columns = rows.columns[rows.starts[votes.start] : rows.starts[votes.stop]]
        of_column[columns] = np.repeat(language[votes], sizes[votes])
        holders += np.bincount(columns, minlength=len(keys))
    return _Numbered(rows, keys ^ marks[of_column], of_column, holders)


def _weigh(numbered: _Numbered, weights: Floats, params: "GatherParams") -> Floats32:
    """Return the weight of each term in its vote, of unit length over each kind of terms that the vote has."""
    starts, columns = numbered.rows.starts, numbered.rows.columns
    shares = np.array([params.word_weight, params.name_weight, params.number_weight, params.title_weight])
    kinds = numbered.column_terms >> KIND_SHIFT
    scaled = np.sqrt(shares / shares[:TITLE].sum())[kinds] * weights
    values = np.zeros(len(columns), np.float32)
    for votes in _batches(len(starts) - 1):
        terms = slice(starts[votes.start], starts[votes.stop])
        own = columns[terms]
        row = np.repeat(np.arange(votes.stop - votes.start), np.diff(starts[votes.start : votes.stop + 1]))
        blocks = row * len(shares) + kinds[own]
        lengths = np.sqrt(np.bincount(blocks, weights=(weights**2)[own], minlength=1))[blocks]
        values[terms] = np.divide(scaled[own], lengths, out=np.zeros(len(own)), where=lengths > 0)
    return values


def _only(rows: TermRows, is_kind: npt.NDArray[np.bool_]) -> TermRows:
    """Return the terms whose columns are of a kind."""
    kept = is_kind[rows.columns]
    return TermRows(_starts(rows.starts, kept), rows.columns[kept])


def _weighted(rows: TermRows, values: Floats32, is_kind: npt.NDArray[np.bool_]) -> SparseRows:
    """Return the terms whose columns are of a kind with their weights, the columns numbered for themselves."""
    kept = is_kind[rows.columns]
    number = (np.cumsum(is_kind) - 1).astype(np.int32)
    return SparseRows(_starts(rows.starts, kept), number[rows.columns[kept]], values[kept])


def _starts(starts: Ints, kept: npt.NDArray[np.bool_]) -> Ints:
    counts = np.zeros(len(kept) + 1, np.int32)
    np.cumsum(kept, out=counts[1:])
    return counts[starts].astype(np.int64)


def _batches(count: int) -> Iterator[slice]:
    for begin in range(0, count, _BATCH):
        yield slice(begin, min(begin + _BATCH, count))
