"""Gives names that differ as spellings of one name do the same number: Kiev and Kyiv, Odessa and Odesa.

Enters: folded letters, and where names stand in them. Leaves: a number a name.
"""

import numpy as np
from numpy.typing import NDArray

from copydesk.transforms.text.mix import mix
from copydesk.transforms.text.segments import spread

_POWERS = np.cumprod(np.full(16, 0x9E3779B97F4A7C15, np.uint64))
_IS_FREE = np.zeros(0x180, bool)
_IS_FREE[[ord(letter) for letter in "aeiouyhgøæœı"]] = True
"""Vowels differ from one transcription to the next, and so do g and h: Sergei, Serhii."""


def spellings(
    letters: NDArray[np.uint32], starts: NDArray[np.int64], lengths: NDArray[np.int64]
) -> NDArray[np.uint64]:
    """Return a number of each name's first letter and consonants, doubled ones once; 0 where these are under two.

    Consonants decide, not the number of edits: Iran and Iraq, Austria and Australia are an edit or two apart.
    """
    at, name = spread(starts, lengths)
    own = letters[at]
    is_first = np.diff(name, prepend=-1) > 0
    is_kept = is_first | (~_IS_FREE.take(own, mode="clip") & (np.diff(own, prepend=0) != 0))
    kept, begins = own[is_kept], np.flatnonzero(is_first[is_kept])
    counts = np.diff(begins, append=len(kept))
    place = np.arange(len(kept)) - np.repeat(begins, counts)
    weighed = kept * _POWERS[place % len(_POWERS)]
    hashes = mix(np.add.reduceat(weighed, begins)) if len(begins) else np.zeros(0, np.uint64)
    return np.where(counts > 1, hashes, 0).astype(np.uint64)
