"""Cuts rows into portions of about equal size, so that arrays over their contents stay small."""

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray


def portions(sizes: NDArray[np.int64], most: int) -> Iterator[slice]:
    """Yield slices of rows that together have about `most`; a row larger than that ends its portion."""
    numbers = (np.cumsum(sizes) - sizes) // most
    bounds = np.flatnonzero(np.diff(numbers)) + 1
    for begin, end in pairwise([0, *bounds.tolist(), len(sizes)]):
        if begin < end:
            yield slice(begin, end)
