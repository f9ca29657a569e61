"""Weigh the terms of votes by how rare they are.

Enters: the terms and language of each vote, and a vocabulary. Leaves: weighted terms, a vote a row.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from copydesk.transforms.stories.encode_terms import EncodedTerms
from copydesk.transforms.stories.number_terms import UNHEARD, Numbered, number_terms
from copydesk.transforms.stories.scan_texts import (
    HASH_BITS,
    KIND_SHIFT,
    NAME,
    NUMBER,
    TITLE,
    WORD,
)
from copydesk.transforms.stories.vocabulary import (
    PACKAGED_LANGUAGES,
    UNSEEN_RATIO,
    WITHOUT_NAMES,
    Vocabulary,
    term_weights,
)
from copydesk.transforms.stories.votes import Bools, Floats, Floats32, Ints, Ints32, SparseRows, Titles
from copydesk.transforms.text.segments import batches, rows_of

if TYPE_CHECKING:
    from copydesk.transforms.stories.gather_votes import GatherThresholds

_BATCH = 1 << 10
"""Votes at a time: a window has millions of terms, and no array over them is made but those that are kept."""

_TERMS = 1 << 18


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
    def of(cls, numbered: Numbered) -> "_Part":
        size = int(numbered.starts[-1])
        return cls(
            np.zeros(len(numbered.starts), np.int64), np.empty(size, np.int32), np.empty(size, np.float32)
        )

    def add(self, votes: slice, row: Ints, columns: Ints, values: Floats) -> None:
        """Write the terms of some votes behind those of the ones before."""
        ends = np.cumsum(np.bincount(row, minlength=votes.stop - votes.start)) + self.starts[votes.start]
        here = slice(self.starts[votes.start], ends[-1])
        self.starts[votes.start + 1 : votes.stop + 1] = ends
        self.columns[here], self.values[here] = columns, values

    def rows(self, numbered: Numbered, judged: _Judged, is_kind: Bools) -> SparseRows:
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
    terms: EncodedTerms,
    speakers: Ints,
    languages: Sequence[str],
    vocabulary: Vocabulary,
    thresholds: "GatherThresholds",
) -> Weighed:
    """Return the weighted terms of each vote: those of the row that speaks for it, in the language of the row.

    Terms that are common are left out; a vote's have unit length. The batches of terms are taken away.
    """
    names, language = np.unique(np.asarray(languages, dtype=str), return_inverse=True)
    numbered = number_terms(terms, speakers, language, [*map(str, names)], vocabulary)
    weights, ratios = np.zeros(len(numbered.column_terms)), np.zeros(len(numbered.column_terms))
    in_title = numbered.column_terms >> KIND_SHIFT == TITLE
    words = np.where(in_title, numbered.column_terms & HASH_BITS, numbered.column_terms)
    for number, name in enumerate(names):
        own = numbered.column_language == number
        weights[own], ratios[own] = term_weights(words[own], str(name), vocabulary)
    counts = (ratios <= thresholds.common_ratio) & (weights > 0)
    # A term of one vote alone makes no pair.
    is_shared = counts & (numbered.holders > 1) & (numbered.column_terms & HASH_BITS != UNHEARD)
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


def _part(
    numbered: Numbered, judged: _Judged, thresholds: "GatherThresholds"
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
        own, row = numbered.held(votes).astype(np.int64) >> 1, rows_of(starts)
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


def _titles(numbered: Numbered, weights: Floats) -> Titles:
    """Return the words of titles, and which votes tell them in their openings."""
    kinds, keys = numbered.column_terms >> KIND_SHIFT, numbered.column_keys & HASH_BITS
    in_title = (kinds == TITLE) & (weights > 0)
    is_heard = numbered.column_terms & HASH_BITS != UNHEARD
    is_told = (kinds == WORD) & is_heard & np.isin(keys, keys[in_title])
    number = np.zeros(len(keys), np.int64)
    words, number[in_title | is_told] = np.unique(keys[in_title | is_told], return_inverse=True)
    counts = np.zeros(len(numbered.starts) - 1, np.int64)
    titled, shares, told = [np.zeros(0, np.int64)], [np.zeros(0)], [np.zeros(0, np.int64)]
    for votes in batches(len(counts), _BATCH):
        starts = numbered.starts[votes.start : votes.stop + 1]
        held, vote = numbered.held(votes), rows_of(starts)
        columns = held >> 1
        place = np.flatnonzero(in_title[columns])
        counts[votes] = np.bincount(vote[place], minlength=len(starts) - 1)
        heavy = weights[columns[place]]
        titled.append(number[columns[place]])
        shares.append(heavy / np.bincount(vote[place], heavy)[vote[place]])
        place = np.flatnonzero(is_told[columns] & (held & 1 > 0))
        told.append(np.sort((vote[place] + votes.start) * len(words) + number[columns[place]]))
    return Titles(
        np.append(0, np.cumsum(counts)),
        np.concatenate(titled),
        np.concatenate(shares),
        np.concatenate(told),
        len(words),
    )
