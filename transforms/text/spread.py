"""Spreads stretches of an array into the places that they hold."""

import numpy as np
from numpy.typing import NDArray

Places = NDArray[np.int64]


def spread(begins: Places, sizes: Places) -> tuple[Places, Places]:
    """Return all places of all stretches, one stretch after another, and of each place the number of its stretch."""
    owners = np.repeat(np.arange(len(begins)), sizes)
    shifts = begins - (np.cumsum(sizes) - sizes)
    return np.arange(len(owners)) + shifts[owners], owners
