"""The packaged weights of the line model, as `benchmarks/line_model.py` writes them, and how rows go down its trees."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import BytesIO

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Trees:
    """Decision trees, node by node: a leaf leads to itself; `values` are what a node says before it asks further."""

    roots: Ints
    columns: Ints
    limits: Floats
    below: Ints
    above: Ints
    values: Floats
    depth: int


@dataclass(frozen=True, slots=True)
class Weights:
    """What grams say (a bucket a weight), what columns say, and what kinds of junk grams speak for."""

    grams: NDArray[np.float32]
    grams_base: float
    column_names: tuple[str, ...]
    trees: Trees
    kinds: tuple[str, ...]
    kind_grams: NDArray[np.float32]
    kind_base: NDArray[np.float32]


@cache
def packaged_weights() -> Weights:
    """Read the weights once a process."""
    packed = files("copydesk.transforms.line_model").joinpath("weights.npz").read_bytes()
    with np.load(BytesIO(packed), allow_pickle=False) as found:
        trees = Trees(
            found["roots"].astype(np.int64),
            found["columns"].astype(np.int64),
            found["limits"].astype(np.float64),
            found["below"].astype(np.int64),
            found["above"].astype(np.int64),
            found["values"].astype(np.float64),
            int(found["depth"]),
        )
        return Weights(
            found["grams"].astype(np.float32) * found["grams_scale"].astype(np.float32),
            float(found["grams_base"]),
            tuple(str(name) for name in found["column_names"]),
            trees,
            tuple(str(kind) for kind in found["kinds"]),
            found["kind_grams"].astype(np.float32) * found["kind_scale"].astype(np.float32),
            found["kind_base"].astype(np.float32),
        )


def descend(trees: Trees, rows: Floats) -> Floats:
    """Return the sum of what the trees say of each row."""
    at = np.broadcast_to(trees.roots, (len(rows), len(trees.roots)))
    for _ in range(trees.depth):
        at = _next_nodes(trees, rows, at)
    return np.asarray(trees.values[at].sum(axis=1), dtype=np.float64)


def weigh_columns(trees: Trees, rows: Floats) -> Floats:
    """Return what each column of each row has added: the change that each question on it brought about."""
    at = [np.broadcast_to(trees.roots, (len(rows), len(trees.roots)))]
    for _ in range(trees.depth):
        at.append(_next_nodes(trees, rows, at[-1]))
    nodes = np.stack(at)
    cells = trees.columns[nodes[:-1]] + rows.shape[1] * np.arange(len(rows))[:, None]
    added = np.bincount(cells.ravel(), np.diff(trees.values[nodes], axis=0).ravel(), rows.size)
    return np.asarray(added.reshape(rows.shape), np.float64)


def _next_nodes(trees: Trees, rows: Floats, at: NDArray[np.int64]) -> NDArray[np.int64]:
    asked = rows[np.arange(len(rows))[:, None], trees.columns[at]]
    return np.where(asked <= trees.limits[at], trees.below[at], trees.above[at])
