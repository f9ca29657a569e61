"""Lets rows of columns go down decision trees, all rows and trees at once."""

import numpy as np
from numpy.typing import NDArray

from copydesk.transforms.line_model.weights import Floats, Ints, Trees


def descend(trees: Trees, rows: Floats) -> Floats:
    """Return the sum of what the trees say of each row."""
    at = np.broadcast_to(trees.roots, (len(rows), len(trees.roots)))
    for _ in range(trees.depth):
        at = _next(trees, rows, at)
    return np.asarray(trees.values[at].sum(axis=1), dtype=np.float64)


def weigh_columns(trees: Trees, row: Floats) -> Floats:
    """Return what each column of one row has added: the change that each question on it brought about."""
    out = np.zeros(len(row))
    at: Ints = trees.roots[None, :]
    for _ in range(trees.depth):
        following = _next(trees, row[None, :], at)
        np.add.at(out, trees.columns[at[0]], trees.values[following[0]] - trees.values[at[0]])
        at = following
    return out


def _next(trees: Trees, rows: Floats, at: NDArray[np.int64]) -> NDArray[np.int64]:
    asked = np.take_along_axis(rows, trees.columns[at], axis=1)
    return np.where(asked <= trees.limits[at], trees.below[at], trees.above[at])
