"""Weigh the terms of votes by how rare they are.

Enters: features with the row that speaks for each vote, and a vocabulary. Leaves: weighted terms, a vote a row.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from copydesk.transforms.stories.scan_texts import (
    HASH_BITS,
    KIND_SHIFT,
    NAME,
    NUMBER,
    TERM_BITS,
    TITLE,
    WORD,
    hash_word,
)
from copydesk.transforms.stories.vocabulary import (
    PACKAGED_LANGUAGES,
    UNSEEN_RATIO,
    WITHOUT_NAMES,
    Vocabulary,
    fold_terms,
    term_weights,
    vocabularies,
)
from copydesk.transforms.stories.votes import Bools, Floats, Floats32, Ints, Ints32, SparseRows, Titles
from copydesk.transforms.text.segments import SLOTS, held_twice, list_views, number_values, rows_of

if TYPE_CHECKING:
    from copydesk.transforms.stories.gather_votes import GatherThresholds

_BATCH = 1 << 10
"""Votes at a time: a window has millions of terms, and no array over them is made but those that are kept."""

_UNHEARD = 0
"""All terms of a kind that one vote alone holds, and no vocabulary knows, are this one: they weigh the same."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """`rare` and `common` of the terms that count and that two votes hold; of each vote, how many terms count.

    Words alone make no candidates where names can be told from them: any two texts share some. Those of a vote that
    tells no names stand for them: they are among both, and so weigh twice between two such votes.
    """

    rare: SparseRows
    common: SparseRows
    titles: Titles
    sizes: Ints


@dataclass(frozen=True, slots=True)
class _Numbered:
    """Terms as columns, a vote a row: a column is a term of one language; how many votes hold it.

    `column_keys` tell terms of one hash and another language or kind apart.
    """

    starts: Ints
    columns: Ints32
    column_keys: Ints
    column_terms: Ints
    column_language: Ints
    holders: Ints


def weigh_terms(
    features: pa.Table, speakers: Ints, vocabulary: Vocabulary, thresholds: "GatherThresholds"
) -> Weighed:
    """Return the weighted terms of each vote, which has the words of the row that speaks for it.

    Terms that are common are left out; a vote's have unit length.
    """
    languages = features["language"].take(pa.array(speakers)).to_pylist()
    names, language = np.unique(np.asarray(languages, dtype=str), return_inverse=True)
    views = list_views(features["terms"])
    told = [views[row] for row in speakers.tolist()]
    numbered = _number(told, language, [*map(str, names)], vocabulary)
    weights, ratios = np.zeros(len(numbered.column_terms)), np.zeros(len(numbered.column_terms))
    in_title = numbered.column_terms >> KIND_SHIFT == TITLE
    words = np.where(in_title, numbered.column_terms & HASH_BITS, numbered.column_terms)
    for number, name in enumerate(names):
        own = numbered.column_language == number
        weights[own], ratios[own] = term_weights(words[own], str(name), vocabulary)
    values = _weigh(numbered, weights, thresholds)
    counts = (ratios <= thresholds.common_ratio) & (weights > 0)
    # A term of one vote alone makes no pair.
    is_shared = counts & (numbered.holders > 1) & (numbered.column_terms & HASH_BITS != _UNHEARD)
    kinds = numbered.column_terms >> KIND_SHIFT
    is_name = np.isin(kinds, (NAME, NUMBER))
    is_nameless = np.isin(names, sorted(WITHOUT_NAMES))[numbered.column_language]
    is_rare = (ratios <= thresholds.rare_ratio) & (is_name | is_nameless)
    # In a packaged count's language a word that it leaves out may be no word.
    is_counted = (ratios > UNSEEN_RATIO) | ~np.isin(names, [*PACKAGED_LANGUAGES])[numbered.column_language]
    is_telling = is_shared & is_counted & (ratios <= thresholds.rare_ratio) & (kinds == WORD)
    tells_few = np.diff(_starts(numbered, counts & is_name)) <= thresholds.few_names
    stands_for_names = is_telling[numbered.columns] & np.repeat(tells_few, np.diff(numbered.starts))
    rare, common = (
        _only(numbered, values, weights, is_shared & is_kind, stands_for_names)
        for is_kind in (is_rare, ~is_rare)
    )
    titles = _titles(numbered, np.where(counts, weights, 0.0), told)
    return Weighed(rare, common, titles, np.diff(_starts(numbered, counts)))


def _number(terms: Sequence[Ints], language: Ints, names: Sequence[str], vocabulary: Vocabulary) -> _Numbered:
    marks = np.array([hash_word(name) & HASH_BITS for name in names], dtype=np.int64)
    of_vote = marks[language]
    heard = held_twice(own & TERM_BITS ^ mark for own, mark in zip(terms, of_vote.tolist(), strict=True))
    known = _known(names, marks, vocabulary)
    sizes = np.array([len(each) for each in terms], np.int64)
    starts = np.concatenate([[0], np.cumsum(sizes)])
    columns, distinct = np.zeros(starts[-1], np.int32), []
    for votes in _batches(len(terms)):
        own = np.concatenate(terms[votes]) & TERM_BITS
        mark = np.repeat(of_vote[votes], sizes[votes])
        is_told = heard[(own ^ mark) & SLOTS] | known[(own ^ mark) & SLOTS] | known[_folded(own, mark)]
        own = np.where(is_told, own, own & ~HASH_BITS | _UNHEARD)
        values, columns[starts[votes.start] : starts[votes.stop]] = number_values(own ^ mark)
        distinct.append(values)
    keys, numbers = number_values(np.concatenate(distinct))
    ends = np.cumsum([len(values) for values in distinct])
    for votes, end, values in zip(_batches(len(terms)), ends, distinct, strict=True):
        terms_here = slice(starts[votes.start], starts[votes.stop])
        columns[terms_here] = numbers[end - len(values) : end][columns[terms_here]]
    of_column, holders = np.zeros(len(keys), np.int64), np.zeros(len(keys), np.int64)
    for votes in _batches(len(terms)):
        held = columns[starts[votes.start] : starts[votes.stop]]
        of_column[held] = np.repeat(language[votes], sizes[votes])
        holders += np.bincount(held, minlength=len(keys))
    return _Numbered(starts, columns, keys, keys ^ marks[of_column], of_column, holders)


def _known(names: Sequence[str], marks: Ints, vocabulary: Vocabulary) -> Bools:
    """Tell by some bits of a marked term, or of its fold, whether a vocabulary may know a term."""
    known = np.zeros(SLOTS + 1, np.bool_)
    for name, mark in zip(names, marks.tolist(), strict=True):
        for counts in vocabularies(name, vocabulary):
            known[(counts.terms ^ mark) & SLOTS] = True
    return known


def _folded(terms: Ints, marks: Ints) -> Ints:
    return (fold_terms(terms) ^ marks) & SLOTS


def _weigh(numbered: _Numbered, weights: Floats, thresholds: "GatherThresholds") -> Floats32:
    """Return the weight of each term in its vote, of unit length over each kind of terms that the vote has."""
    starts, columns = numbered.starts, numbered.columns
    kinds_of = (thresholds.word_weight, thresholds.name_weight, thresholds.number_weight)
    shares = np.array([*kinds_of, thresholds.title_weight])
    kinds = numbered.column_terms >> KIND_SHIFT
    scaled = np.sqrt(shares / (shares[:TITLE].sum() or 1.0))[kinds] * weights
    values = np.zeros(len(columns), np.float32)
    for votes in _batches(len(starts) - 1):
        terms = slice(starts[votes.start], starts[votes.stop])
        own = columns[terms]
        row = np.repeat(np.arange(votes.stop - votes.start), np.diff(starts[votes.start : votes.stop + 1]))
        blocks = row * len(shares) + kinds[own]
        lengths = np.sqrt(np.bincount(blocks, weights=(weights**2)[own], minlength=1))[blocks]
        values[terms] = np.divide(scaled[own], lengths, out=np.zeros(len(own)), where=lengths > 0)
    return values


def _titles(numbered: _Numbered, weights: Floats, terms: Sequence[Ints]) -> Titles:
    """Return the words of titles, and which votes tell them in their openings."""
    kinds, keys = numbered.column_terms >> KIND_SHIFT, numbered.column_keys & HASH_BITS
    in_title = (kinds == TITLE) & (weights > 0)
    is_heard = numbered.column_terms & HASH_BITS != _UNHEARD
    is_told = (kinds == WORD) & is_heard & np.isin(keys, keys[in_title])
    number = np.zeros(len(keys), np.int64)
    words, number[in_title | is_told] = np.unique(keys[in_title | is_told], return_inverse=True)
    titled, shares, told = [np.zeros(0, np.int64)], [np.zeros(0)], [np.zeros(0, np.int64)]
    for votes in _batches(len(numbered.starts) - 1):
        starts = numbered.starts[votes.start : votes.stop + 1]
        columns, vote = numbered.columns[starts[0] : starts[-1]], rows_of(starts)
        place = np.flatnonzero(in_title[columns])
        heavy = weights[columns[place]]
        titled.append(number[columns[place]])
        shares.append(heavy / np.bincount(vote[place], heavy)[vote[place]])
        place = np.flatnonzero(is_told[columns] & (np.concatenate(terms[votes]) >= 0))
        told.append(np.sort((vote[place] + votes.start) * len(words) + number[columns[place]]))
    return Titles(
        _starts(numbered, in_title),
        np.concatenate(titled),
        np.concatenate(shares),
        np.concatenate(told),
        len(words),
    )


def _only(
    numbered: _Numbered, values: Floats32, weights: Floats, is_kind: Bools, besides: Bools
) -> SparseRows:
    """Return the terms whose columns are of a kind, and those besides, with their weights, columns numbered anew.

    Those besides are of a kind that nobody counts: they stand among the others too.
    """
    kept = is_kind[numbered.columns] | besides
    held, columns = number_values(numbered.columns[kept])
    return SparseRows(
        np.append(0, np.cumsum(kept))[numbered.starts],
        columns.astype(np.int32),
        values[kept],
        np.where(is_kind[held], numbered.column_terms[held] >> KIND_SHIFT, TITLE),
        weights[held],
    )


def _starts(numbered: _Numbered, is_kind: Bools) -> Ints:
    """Return where each vote's terms of some columns would begin, if there were no others; one more at the end."""
    starts = np.zeros(len(numbered.starts), np.int64)
    for votes in _batches(len(starts) - 1):
        own = numbered.starts[votes.start : votes.stop + 1]
        before = np.append(0, np.cumsum(is_kind[numbered.columns[own[0] : own[-1]]]))
        starts[votes.start + 1 : votes.stop + 1] = starts[votes.start] + before[own[1:] - own[0]]
    return starts


def _batches(count: int) -> Iterator[slice]:
    for begin in range(0, count, _BATCH):
        yield slice(begin, min(begin + _BATCH, count))
