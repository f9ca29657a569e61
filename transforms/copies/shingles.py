"""Shingles: hashes of five consecutive words, numbers kept."""

import numpy as np
from numpy.typing import NDArray

from copydesk.transforms.copies.words import Words
from copydesk.transforms.text.mix import mix

SHINGLE_WORDS = 5
_BASE = 0xD6E8FEB86659FD93


def shingles(batch: Words) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """Return the shingle that begins at each word, and how many shingles each text has.

    Those of text i are the first `counts[i]` from `starts[i]`; what begins at its last four words crosses
    its end and means nothing. A text of one to four words has one shingle, of all its words.
    """
    padded = np.concatenate([batch.hashes, np.zeros(SHINGLE_WORDS - 1, np.uint64)])
    size = len(batch.hashes)
    lengths = np.diff(batch.starts)
    values = padded[:size].copy()
    factor = 1
    for k in range(1, SHINGLE_WORDS):
        factor = factor * _BASE % (1 << 64)
        values += padded[k : k + size] * np.uint64(factor)
    for text in np.flatnonzero((lengths > 0) & (lengths < SHINGLE_WORDS)).tolist():
        values[batch.starts[text]] = _short(batch.hashes[batch.starts[text] : batch.starts[text + 1]])
    counts = np.where(lengths > 0, np.maximum(lengths - SHINGLE_WORDS + 1, 1), 0)
    return mix(values), counts


def _short(hashes: NDArray[np.uint64]) -> int:
    total = sum(int(value) * pow(_BASE, k, 1 << 64) for k, value in enumerate(hashes))
    return total % (1 << 64)
