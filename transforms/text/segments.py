"""Flat columns with offsets: row i has the values in [starts[i], starts[i + 1]); and distinct values of a column."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any, TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

Ints = NDArray[np.int64]
_Number = TypeVar("_Number", np.int64, np.uint64)


def flat_lists(column: pa.ChunkedArray) -> tuple[Ints, Ints]:
    """Return the values of a list column one after another, and where each row's begin (one more at the end)."""
    lists = pa.concat_arrays(column.chunks) if column.num_chunks else pa.array([], column.type)
    lengths = pc.fill_null(pc.list_value_length(lists), 0).to_numpy(zero_copy_only=False)
    starts = np.zeros(len(lists) + 1, dtype=np.int64)
    np.cumsum(lengths, out=starts[1:])
    values: Ints = pc.list_flatten(lists).to_numpy(zero_copy_only=False).astype(np.int64, copy=False)
    return values, starts


def rows_of(starts: Ints) -> Ints:
    """Return the row of each value."""
    return np.repeat(np.arange(len(starts) - 1), np.diff(starts))


def starts_of(rows: Ints, count: int) -> Ints:
    """Return where each of `count` rows begins in values that stand in order of their rows."""
    starts = np.zeros(count + 1, dtype=np.int64)
    np.cumsum(np.bincount(rows, minlength=count), out=starts[1:])
    return starts


def sort_segments(values: NDArray[_Number], starts: Ints) -> NDArray[_Number]:
    """Return the values with each row's sorted."""
    ordered = values.copy()
    for begin, end in pairwise(starts.tolist()):
        if end - begin > 1:
            ordered[begin:end].sort()
    return ordered


def spread(begins: Ints, sizes: Ints) -> tuple[Ints, Ints]:
    """Return all places of all stretches, one stretch after another, and of each place the number of its stretch."""
    owners = np.repeat(np.arange(len(begins)), sizes)
    shifts = begins - (np.cumsum(sizes) - sizes)
    return np.arange(len(owners)) + shifts[owners], owners


def number_values(values: NDArray[Any]) -> tuple[NDArray[Any], NDArray[np.int64]]:
    """Return the distinct values in order of appearance, and for each value its number among them."""
    encoded = pa.array(values).dictionary_encode()
    return encoded.dictionary.to_numpy(), encoded.indices.to_numpy().astype(np.int64)


def portions(sizes: NDArray[np.int64], most: int) -> Iterator[slice]:
    """Yield slices of rows that together have about `most`; a row larger than that ends its portion."""
    numbers = (np.cumsum(sizes) - sizes) // most
    bounds = np.flatnonzero(np.diff(numbers)) + 1
    for begin, end in pairwise([0, *bounds.tolist(), len(sizes)]):
        if begin < end:
            yield slice(begin, end)


def batches(count: int, size: int) -> Iterator[slice]:
    """Yield slices of at most `size` that together have so many rows."""
    for begin in range(0, count, size):
        yield slice(begin, min(begin + size, count))
