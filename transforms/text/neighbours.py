"""Marks moved by one place, and what lies between one word and the next."""

import numpy as np
from numpy.typing import NDArray

Marks = NDArray[np.bool_]
Places = NDArray[np.int64]


def before(marks: Marks) -> Marks:
    """Return for each place whether the one before it is marked; nothing is before the first."""
    moved = np.zeros_like(marks)
    moved[1:] = marks[:-1]
    return moved


def after(marks: Marks) -> Marks:
    """Return for each place whether the one after it is marked; nothing is after the last."""
    moved = np.zeros_like(marks)
    moved[:-1] = marks[1:]
    return moved


def places_before(begins: Places, places: Places) -> Places:
    """Return how many of the places lie between each word and the one before it; words begin at `begins`, in order."""
    return np.bincount(np.searchsorted(begins, places), minlength=len(begins) + 1)[:-1].astype(np.int64)
