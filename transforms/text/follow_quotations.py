"""Follow quotations through their marks: each mark opens, closes, or turns round what is."""

import numpy as np
from numpy.typing import NDArray

CLOSES, OPENS, TURNS = 0, 1, 2


def follow_quotations(effects: NDArray[np.uint8]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return which marks open a quotation and which close one, given what each does to it, in order.

    Before the first mark nothing is quoted. A mark that finds things as it would make them does neither.
    """
    turns = effects == TURNS
    places = np.arange(len(effects))
    last_fixed = np.maximum.accumulate(np.where(turns, -1, places))
    turned = np.cumsum(turns)
    before_fixed = np.where(last_fixed >= 0, turned[last_fixed], 0)
    quoted = ((last_fixed >= 0) & (effects[last_fixed] == OPENS)) ^ ((turned - before_fixed) & 1 > 0)
    change = np.diff(quoted.astype(np.int8), prepend=0)
    return np.flatnonzero(change > 0), np.flatnonzero(change < 0)
