"""Finds for each word of the shorter text of a pair where the shingle that begins there stands in the longer one.

Enters: words with their flags, and pairs of texts. Leaves: `BatchShingles`, an `Alignment` of some pairs, and what two
texts tell of their own before what they share (three counts a pair, of `Measures`).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from copydesk.transforms.copies.sketch import SHINGLE_WORDS, shingles
from copydesk.transforms.copies.words import FIRST, NAME, Words
from copydesk.transforms.text.hash_words import mix
from copydesk.transforms.text.neighbours import Marks, Places
from copydesk.transforms.text.segments import number_values, spread


@dataclass(frozen=True, slots=True)
class BatchShingles:
    """All words of a batch, and the shingle that begins at each, by number.

    `kinds` are the flags of all words of a shingle. `is_new` marks the first of equal shingles of a text,
    `is_repeated` those of them that stand again later. `counts` are the shingles of each text.
    """

    words: Words
    shingles: Places
    counts: Places
    kinds: NDArray[np.uint8]
    is_new: Marks
    is_repeated: Marks
    where: Places


@dataclass(frozen=True, slots=True)
class Alignment:
    """The words of the shorter texts of some pairs, one pair after another, and of each word what it belongs to.

    `at` is its place in the batch, `pair` its pair, `place` where in the batch its shingle stands in the longer text,
    or -1. `starts` says where each pair begins here, `reach` how many words a shingle of the pair has.
    """

    short: Places
    long: Places
    starts: Places
    reach: Places
    at: Places
    pair: Places
    place: Places

    def count(self, marks: Marks) -> Places:
        """Count the marked words of each pair."""
        return np.bincount(self.pair[marks], minlength=len(self.short))


def read_shingles(batch: Words) -> BatchShingles:
    """Give the shingles of a batch their numbers, and say of each what it is."""
    values, counts = shingles(batch)
    _, numbers = number_values(values)
    kinds = batch.flags.copy()
    for k in range(1, SHINGLE_WORDS):
        kinds[:-k] |= batch.flags[k:]
    for text in np.flatnonzero(counts == 1).tolist():
        begin = batch.starts[text]
        end = min(batch.starts[text + 1], begin + SHINGLE_WORDS)
        kinds[begin] = np.bitwise_or.reduce(batch.flags[begin:end])
    is_new, is_repeated = np.zeros((2, len(numbers)), bool)
    where = np.full(len(numbers), -1)
    found = BatchShingles(batch, numbers, counts, kinds, is_new, is_repeated, where)
    for text in range(len(counts)):
        begin, end = batch.starts[text], batch.starts[text] + counts[text]
        first = _look_up(found, text, numbers[begin:end])
        is_new[begin:end] = first == np.arange(begin, end)
        is_repeated[first[~is_new[begin:end]]] = True
    return found


def _look_up(texts: BatchShingles, text: int, wanted: Places) -> Places:
    """Return the first place in the text of each wanted shingle, or -1; `where` is all -1 before and after."""
    begin, end = texts.words.starts[text], texts.words.starts[text] + texts.counts[text]
    known = texts.shingles[begin:end]
    texts.where[known[::-1]] = np.arange(begin, end)[::-1]
    places = texts.where[wanted]
    texts.where[known] = -1
    return places


def align(texts: BatchShingles, short: Places, long: Places) -> Alignment:
    """Return where the words of the shorter texts stand in the longer ones, pair by pair."""
    begins, counts = texts.words.starts[short], texts.counts[short]
    sizes = texts.words.starts[short + 1] - begins
    at, pair = spread(begins, sizes)
    starts = np.concatenate([[0], np.cumsum(sizes)])
    place = np.full(len(at), -1)
    for start, begin, count, other in np.stack([starts[:-1], begins, counts, long], axis=1).tolist():
        place[start : start + count] = _look_up(texts, other, texts.shingles[begin : begin + count])
    found = Alignment(short, long, starts, np.minimum(SHINGLE_WORDS, sizes), at, pair, place)
    _prefer_onward(texts, found)
    return found


def _prefer_onward(texts: BatchShingles, aligned: Alignment) -> None:
    """Of a shingle that stands at several places take the one that goes on from the shingle before."""
    place, ends = aligned.place, texts.words.starts[aligned.long] + texts.counts[aligned.long]
    is_first = np.zeros(len(place) + 1, bool)
    is_first[aligned.starts] = True
    for i in np.flatnonzero((place >= 0) & texts.is_repeated[place] & ~is_first[:-1]).tolist():
        onward = place[i - 1] + 1
        if 0 < onward < ends[aligned.pair[i]] and texts.shingles[onward] == texts.shingles[aligned.at[i]]:
            place[i] = onward


def read_leads(texts: BatchShingles, aligned: Alignment) -> dict[str, Places]:
    """Return the words of the shorter of two leads, the names in what is shared, and those told outside it too."""
    words, size = texts.words, len(aligned.short)
    long_begins = words.starts[aligned.long]
    there, owner = spread(long_begins, words.starts[aligned.long + 1] - long_begins)
    here = np.flatnonzero(aligned.place >= 0)
    pair = aligned.pair[here]
    own_lead, other_lead = here - aligned.starts[pair], aligned.place[here] - long_begins[pair]
    in_long = np.searchsorted(owner, pair) + other_lead
    lead = np.full(size, np.iinfo(np.int64).max)
    np.minimum.at(lead, pair, np.minimum(own_lead, other_lead))
    is_shared, is_shared_there = np.zeros(len(aligned.at), bool), np.zeros(len(there), bool)
    is_shared[spread(here, aligned.reach[pair])[0]] = True
    is_shared_there[spread(in_long, aligned.reach[pair])[0]] = True
    is_named = (words.flags & (NAME | FIRST)) == NAME
    is_told = (words.flags & NAME) != 0
    marks = is_shared & is_named[aligned.at]
    keys, first = np.unique(by_pair(words.hashes[aligned.at[marks]], aligned.pair[marks]), return_index=True)
    own, other = ~is_shared & is_told[aligned.at], ~is_shared_there & is_told[there]
    rest = [
        by_pair(words.hashes[aligned.at[own]], aligned.pair[own]),
        by_pair(words.hashes[there[other]], owner[other]),
    ]
    of_pair = aligned.pair[marks][first]
    return {
        "lead_words": np.where(lead > len(aligned.at) + len(there), 0, lead),
        "shared_names": np.bincount(of_pair, minlength=size),
        "told_again": np.bincount(of_pair[np.isin(keys, np.concatenate(rest))], minlength=size),
    }


def by_pair(hashes: NDArray[np.uint64], pair: Places) -> NDArray[np.uint64]:
    """Hash words with their pair, so that those of many pairs can be sorted at once.

    A word of one letter is its number mixed: pairs count down from the other end, or `1` of pair 2 were `2` of 1.
    """
    return mix(hashes ^ mix(~pair.astype(np.uint64)))
