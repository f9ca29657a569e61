"""Reads what two texts tell of their own before what they share, and whether the rest speaks of who is named there.

Enters: the alignment of pairs. Leaves: three counts a pair, of `Measures`.
"""

import numpy as np
from numpy.typing import NDArray

from copydesk.transforms.copies.align import Alignment, BatchShingles
from copydesk.transforms.copies.words import FIRST, NAME, Words
from copydesk.transforms.text.hash_words import mix
from copydesk.transforms.text.neighbours import Places
from copydesk.transforms.text.segments import spread


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
    keys, first = np.unique(_keys(words, aligned.at, aligned.pair, marks), return_index=True)
    rest = np.concatenate(
        [
            _keys(words, aligned.at, aligned.pair, ~is_shared & is_told[aligned.at]),
            _keys(words, there, owner, ~is_shared_there & is_told[there]),
        ]
    )
    of_pair = aligned.pair[marks][first]
    return {
        "lead_words": np.where(lead > len(aligned.at) + len(there), 0, lead),
        "shared_names": np.bincount(of_pair, minlength=size),
        "told_again": np.bincount(of_pair[np.isin(keys, rest)], minlength=size),
    }


def _keys(words: Words, at: Places, pair: Places, marks: NDArray[np.bool_]) -> NDArray[np.uint64]:
    """Return the marked words, hashed with their pair so that those of many pairs can be sorted at once."""
    return mix(words.hashes[at[marks]] ^ mix(pair[marks].astype(np.uint64)))
