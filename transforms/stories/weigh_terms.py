"""Weigh the terms of votes by how rare they are.

Enters: the terms and language of each vote, and a vocabulary. Leaves: weighted terms, a vote a row.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from copydesk.transforms.release_memory import release_memory
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
from copydesk.transforms.text.segments import batches, held_twice, number_values, rows_of

if TYPE_CHECKING:
    from copydesk.transforms.stories.gather_votes import GatherThresholds

_BATCH = 1 << 10
"""Votes at a time: a window has millions of terms, and no array over them is made but those that are kept."""

_TERMS = 1 << 18

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

    `is_opening` of each term of a vote whether its opening tells it; `column_keys` tell terms of one hash and another
    language or kind apart.
    """

    starts: Ints
    columns: Ints32
    is_opening: Bools
    column_keys: Ints
    column_terms: Ints
    column_language: Ints
    holders: Ints


@dataclass(frozen=True, slots=True)
class _Judged:
    """What each column counts: how rare it is, whether it counts, is then a name or number, or could stand for one.

    `parts` tell the two kinds of those that two votes hold: what is rare, and what is common.
    """

    weights: Floats
    counts: Bools
    is_name: Bools
    is_telling: Bools
    parts: tuple[Bools, Bools]


@dataclass(frozen=True, slots=True)
class _Part:
    """Terms of one kind while they are gathered: room for all terms, of which what is not written takes no memory."""

    starts: Ints
    columns: Ints32
    values: Floats32

    @classmethod
    def of(cls, numbered: _Numbered) -> "_Part":
        size = len(numbered.columns)
        return cls(
            np.zeros(len(numbered.starts), np.int64), np.empty(size, np.int32), np.empty(size, np.float32)
        )

    def add(self, votes: slice, row: Ints, columns: Ints, values: Floats) -> None:
        """Write the terms of some votes behind those of the ones before."""
        ends = np.cumsum(np.bincount(row, minlength=votes.stop - votes.start)) + self.starts[votes.start]
        here = slice(self.starts[votes.start], ends[-1])
        self.starts[votes.start + 1 : votes.stop + 1] = ends
        self.columns[here], self.values[here] = columns, values

    def rows(self, numbered: _Numbered, judged: _Judged, is_kind: Bools) -> SparseRows:
        """Return the terms with their columns numbered anew.

        What is not of the kind stands for names: nobody counts it, and it stands among the others too.
        """
        columns, values = self.columns[: self.starts[-1]], self.values[: self.starts[-1]]
        is_held = np.zeros(len(is_kind), np.bool_)
        stretches = [slice(at, at + _TERMS) for at in range(0, len(columns), _TERMS)]
        for here in stretches:
            is_held[columns[here]] = True
        number = np.cumsum(is_held) - 1
        for here in stretches:
            columns[here] = number[columns[here]]
        kinds = np.where(is_kind, numbered.column_terms >> KIND_SHIFT, TITLE)[is_held]
        return SparseRows(self.starts, columns, values, kinds, judged.weights[is_held])


def weigh_terms(
    terms: list[Ints], languages: Sequence[str | None], vocabulary: Vocabulary, thresholds: "GatherThresholds"
) -> Weighed:
    """Return the weighted terms of each vote, of which its terms and language are given.

    Terms that are common are left out; a vote's have unit length. The list is emptied once they are numbered.
    """
    names, language = np.unique(np.asarray(languages, dtype=str), return_inverse=True)
    numbered = _number(terms, language, [*map(str, names)], vocabulary)
    terms.clear()
    release_memory()
    weights, ratios = np.zeros(len(numbered.column_terms)), np.zeros(len(numbered.column_terms))
    in_title = numbered.column_terms >> KIND_SHIFT == TITLE
    words = np.where(in_title, numbered.column_terms & HASH_BITS, numbered.column_terms)
    for number, name in enumerate(names):
        own = numbered.column_language == number
        weights[own], ratios[own] = term_weights(words[own], str(name), vocabulary)
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
    judged = _Judged(
        weights, counts, counts & is_name, is_telling, (is_shared & is_rare, is_shared & ~is_rare)
    )
    sizes, (rare, common) = _part(numbered, judged, thresholds)
    return Weighed(rare, common, _titles(numbered, np.where(counts, weights, 0.0)), sizes)


def _number(terms: Sequence[Ints], language: Ints, names: Sequence[str], vocabulary: Vocabulary) -> _Numbered:
    marks = np.array([hash_word(name) & HASH_BITS for name in names], dtype=np.int64)
    of_vote = marks[language]
    sizes = np.array([len(each) for each in terms], np.int64)
    starts = np.concatenate([[0], np.cumsum(sizes)])
    marked = (own & TERM_BITS ^ mark for own, mark in zip(terms, of_vote.tolist(), strict=True))
    heard = held_twice(marked, int(starts[-1]))
    slots = len(heard) - 1
    known = _known(names, marks, vocabulary, slots)
    columns, distinct = np.zeros(starts[-1], np.int32), []
    is_opening = np.zeros(starts[-1], np.bool_)
    for votes in batches(len(terms), _BATCH):
        told = np.concatenate(terms[votes])
        is_opening[starts[votes.start] : starts[votes.stop]] = told >= 0
        own = told & TERM_BITS
        mark = np.repeat(of_vote[votes], sizes[votes])
        alone = np.flatnonzero(~heard[(own ^ mark) & slots])
        is_known = known[(own ^ mark)[alone] & slots] | known[(fold_terms(own[alone]) ^ mark[alone]) & slots]
        alone = alone[~is_known]
        own[alone] = own[alone] & ~HASH_BITS | _UNHEARD
        values, columns[starts[votes.start] : starts[votes.stop]] = number_values(own ^ mark)
        distinct.append(values)
    keys, numbers = number_values(np.concatenate(distinct))
    ends = np.cumsum([len(values) for values in distinct])
    for votes, end, values in zip(batches(len(terms), _BATCH), ends, distinct, strict=True):
        terms_here = slice(starts[votes.start], starts[votes.stop])
        columns[terms_here] = numbers[end - len(values) : end][columns[terms_here]]
    of_column, holders = np.zeros(len(keys), np.int64), np.zeros(len(keys), np.int64)
    for votes in batches(len(terms), _BATCH):
        held = columns[starts[votes.start] : starts[votes.stop]]
        of_column[held] = np.repeat(language[votes], sizes[votes])
        holders += np.bincount(held, minlength=len(keys))
    return _Numbered(starts, columns, is_opening, keys, keys ^ marks[of_column], of_column, holders)


def _known(names: Sequence[str], marks: Ints, vocabulary: Vocabulary, slots: int) -> Bools:
    """Tell by some bits of a marked term, or of its fold, whether a vocabulary may know a term."""
    known = np.zeros(slots + 1, np.bool_)
    for name, mark in zip(names, marks.tolist(), strict=True):
        for counts in vocabularies(name, vocabulary):
            known[(counts.terms ^ mark) & slots] = True
    return known


def _part(
    numbered: _Numbered, judged: _Judged, thresholds: "GatherThresholds"
) -> tuple[Ints, Sequence[SparseRows]]:
    """Return how many terms of each vote count, and its terms of either kind with their weights.

    A vote's terms of a kind have unit length.
    """
    kinds_of = (thresholds.word_weight, thresholds.name_weight, thresholds.number_weight)
    shares = np.array([*kinds_of, thresholds.title_weight])
    kinds = numbered.column_terms >> KIND_SHIFT
    scaled = np.sqrt(shares / (shares[:TITLE].sum() or 1.0))[kinds] * judged.weights
    sizes = np.zeros(len(numbered.starts) - 1, np.int64)
    parts = [_Part.of(numbered) for _ in judged.parts]
    for votes in batches(len(sizes), _BATCH):
        starts = numbered.starts[votes.start : votes.stop + 1]
        own, row = numbered.columns[starts[0] : starts[-1]].astype(np.int64), rows_of(starts)
        blocks = row * len(shares) + kinds[own]
        lengths = np.sqrt(np.bincount(blocks, weights=(judged.weights**2)[own], minlength=1))[blocks]
        values = np.divide(scaled[own], lengths, out=np.zeros(len(own)), where=lengths > 0)
        sizes[votes] = np.bincount(row[judged.counts[own]], minlength=len(starts) - 1)
        names = np.bincount(row[judged.is_name[own]], minlength=len(starts) - 1)
        stands_for_names = judged.is_telling[own] & (names <= thresholds.few_names)[row]
        for part, is_kind in zip(parts, judged.parts, strict=True):
            kept = np.flatnonzero(is_kind[own] | stands_for_names)
            part.add(votes, row[kept], own[kept], values[kept])
    return sizes, [
        part.rows(numbered, judged, is_kind) for part, is_kind in zip(parts, judged.parts, strict=True)
    ]


def _titles(numbered: _Numbered, weights: Floats) -> Titles:
    """Return the words of titles, and which votes tell them in their openings."""
    kinds, keys = numbered.column_terms >> KIND_SHIFT, numbered.column_keys & HASH_BITS
    in_title = (kinds == TITLE) & (weights > 0)
    is_heard = numbered.column_terms & HASH_BITS != _UNHEARD
    is_told = (kinds == WORD) & is_heard & np.isin(keys, keys[in_title])
    number = np.zeros(len(keys), np.int64)
    words, number[in_title | is_told] = np.unique(keys[in_title | is_told], return_inverse=True)
    counts = np.zeros(len(numbered.starts) - 1, np.int64)
    titled, shares, told = [np.zeros(0, np.int64)], [np.zeros(0)], [np.zeros(0, np.int64)]
    for votes in batches(len(counts), _BATCH):
        starts = numbered.starts[votes.start : votes.stop + 1]
        here = slice(starts[0], starts[-1])
        columns, vote = numbered.columns[here], rows_of(starts)
        place = np.flatnonzero(in_title[columns])
        counts[votes] = np.bincount(vote[place], minlength=len(starts) - 1)
        heavy = weights[columns[place]]
        titled.append(number[columns[place]])
        shares.append(heavy / np.bincount(vote[place], heavy)[vote[place]])
        place = np.flatnonzero(is_told[columns] & numbered.is_opening[here])
        told.append(np.sort((vote[place] + votes.start) * len(words) + number[columns[place]]))
    return Titles(
        np.append(0, np.cumsum(counts)),
        np.concatenate(titled),
        np.concatenate(shares),
        np.concatenate(told),
        len(words),
    )
