"""Marks moved by one place, what lies between one word and the next, and quotations followed through their marks."""

import numpy as np
from numpy.typing import NDArray

Marks = NDArray[np.bool_]
Places = NDArray[np.int64]
CLOSES, OPENS, TURNS = 0, 1, 2


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
