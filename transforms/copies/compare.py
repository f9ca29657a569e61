"""Measures candidate pairs, and chooses between running the loops as they stand and compiling them."""

import numpy as np
from numpy.typing import NDArray

from transforms.copies.measure import MEASURES, measure
from transforms.copies.shingles import shingles
from transforms.copies.words import Words

COMPILE_FROM_PAIRS = 150
"""7 ms a pair as plain Python; compiled code takes about a second to load, and 5 s to make the first time."""


def compare(batch: Words, ends: NDArray[np.int64]) -> NDArray[np.int32]:
    """Return a row of MEASURES for each pair of texts of the batch, given by their places in it."""
    values, counts = shingles(batch)
    # Twice as many slots as shingles, a power of two, so that probes stay short.
    slots = 1 << np.ceil(np.log2(2 * np.maximum(counts, 1) + 2)).astype(np.int64)
    out = np.zeros((len(ends), len(MEASURES)), np.int32)
    if len(ends) >= COMPILE_FROM_PAIRS:
        from transforms.copies.kernel import kernel  # noqa: PLC0415 numba takes 0.4 s to import

        kernel(measure)(values, batch.hashes, batch.flags, batch.starts, counts, ends, slots - 1, out)
    else:
        plain = (values, batch.hashes, batch.flags, batch.starts, counts, ends, slots - 1)
        v, h, f, s, c, e, m = (array.tolist() for array in plain)
        measure(v, h, f, s, c, e, m, out)  # type: ignore[no-untyped-call]
    return out
