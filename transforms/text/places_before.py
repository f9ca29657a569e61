"""What lies between one word and the next."""

import numpy as np
from numpy.typing import NDArray

Places = NDArray[np.int64]


def places_before(begins: Places, places: Places) -> Places:
    """Return how many of the places lie between each word and the one before it; words begin at `begins`, in order."""
    return np.bincount(np.searchsorted(begins, places), minlength=len(begins) + 1)[:-1].astype(np.int64)
