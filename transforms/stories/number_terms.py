"""Number the terms of a window's votes: those of all batches alike, and as one what nobody else tells.

Enters: encoded terms, which rows speak for votes, a vocabulary. Leaves: the terms of each vote as columns.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from copydesk.transforms.stories.encode_terms import EncodedTerms, language_mark
from copydesk.transforms.stories.scan_texts import HASH_BITS, TERM_BITS
from copydesk.transforms.stories.vocabulary import Vocabulary, fold_terms, vocabularies
from copydesk.transforms.stories.votes import Bools, Ints, Ints32

UNHEARD = 0
"""All terms of a kind that one vote alone holds, and no vocabulary knows, are this one: they weigh the same."""

_MOST_SLOT_BITS, _SLOTS_A_TERM_BITS = 24, 3


@dataclass(frozen=True, slots=True)
class Numbered:
    """Terms as columns: a column is a term of one language; how many votes hold it.

    `codes` are twice the columns of each vote's terms, and one more where its opening tells the term; one after another
    they begin at `starts`. `column_keys` tell terms of one hash and another language or kind apart.
    """

    codes: list[Ints32]
    starts: Ints
    column_keys: Ints
    column_terms: Ints
    column_language: Ints
    holders: Ints

    def held(self, votes: slice) -> Ints32:
        """Return the codes of some votes, one vote after another."""
        return np.concatenate(self.codes[votes])


def number_terms(
    terms: EncodedTerms, speakers: Ints, language: Ints, names: Sequence[str], vocabulary: Vocabulary
) -> Numbered:
    """Return the terms of the speakers, whose `language` is a number of its name; columns are in order of their keys.

    They are written where the codes of the rows stood, and the batches are taken away.
    """
    marks = np.array([*map(language_mark, names)], np.int64)
    keys, numbers = np.unique(
        np.concatenate([batch.marked & TERM_BITS for batch in terms.batches]), return_inverse=True
    )
    ends = np.cumsum([len(batch.marked) for batch in terms.batches]).tolist()
    number_of = [numbers[begin:end] for begin, end in pairwise([0, *ends])]
    holders, of_key = _held(terms, speakers, language, number_of, len(keys))
    # A word of one title alone is heard where the text of another vote tells it.
    _, words = np.unique(keys & HASH_BITS, return_inverse=True)
    is_alone = np.bincount(words, holders)[words] <= 1
    is_alone &= ~_may_be_known(keys, marks, of_key, names, vocabulary)
    unheard = (keys ^ marks[of_key]) & ~HASH_BITS ^ UNHEARD ^ marks[of_key]
    column_keys, column = np.unique(np.where(is_alone, unheard, keys), return_inverse=True)
    of_column, held_by = np.zeros(len(column_keys), np.int64), np.zeros(len(column_keys), np.int64)
    of_column[column] = of_key
    np.add.at(held_by, column, holders)
    for batch, own in zip(terms.batches, number_of, strict=True):
        batch.codes[:] = (2 * column[own] + (batch.marked >= 0))[batch.codes]
    views = terms.views()
    terms.batches.clear()
    codes = [views[row] for row in speakers.tolist()]
    starts = np.append(0, np.cumsum([*map(len, codes)]))
    return Numbered(codes, starts, column_keys, column_keys ^ marks[of_column], of_column, held_by)


def _held(
    terms: EncodedTerms, speakers: Ints, language: Ints, number_of: list[Ints], count: int
) -> tuple[Ints, Ints]:
    """Return how many speakers hold each of `count` keys, and of which language it is."""
    holders, of_key = np.zeros(count, np.int64), np.zeros(count, np.int64)
    by_row, told = language[np.argsort(speakers)], 0
    for (batch, speaks), own in zip(terms.of(speakers), number_of, strict=True):
        codes, sizes = batch.codes_of(speaks), np.diff(batch.starts)[speaks]
        np.add.at(holders, own, np.bincount(codes, minlength=len(own)))
        of_key[own[codes]] = np.repeat(by_row[told : told + len(sizes)], sizes)
        told += len(sizes)
    return holders, of_key


def _may_be_known(
    keys: Ints, marks: Ints, of_key: Ints, names: Sequence[str], vocabulary: Vocabulary
) -> Bools:
    """Tell by some bits of each key, or of its term's fold, whether the vocabulary of its language may know it."""
    slots = (1 << min(_MOST_SLOT_BITS, len(keys).bit_length() + _SLOTS_A_TERM_BITS)) - 1
    known = np.zeros(slots + 1, np.bool_)
    for name, mark in zip(names, marks.tolist(), strict=True):
        for counts in vocabularies(name, vocabulary):
            known[(counts.terms ^ mark) & slots] = True
    mark = marks[of_key]
    may_be: Bools = known[keys & slots] | known[(fold_terms(keys ^ mark) ^ mark) & slots]
    return may_be
