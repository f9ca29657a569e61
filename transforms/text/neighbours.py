"""Marks moved by one place."""

import numpy as np
from numpy.typing import NDArray

Marks = NDArray[np.bool_]


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
