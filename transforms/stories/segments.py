"""Small compiled services for flat columns with offsets, a segment a row.

Enters: values and starts. Leaves: the same laid out otherwise.
"""

from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from transforms.copies.kernel import kernel

# The compiled functions carry no annotations.
# ruff: noqa: ANN001

Ints = npt.NDArray[np.int64]


def flat_lists(column: pa.ChunkedArray) -> tuple[Ints, Ints]:
    """Return the values of a list column one after another, and where each row's begin (one more at the end)."""
    lists = pa.concat_arrays(column.chunks) if column.num_chunks else pa.array([], column.type)
    lengths = pc.fill_null(pc.list_value_length(lists), 0).to_numpy(zero_copy_only=False)
    starts = np.zeros(len(lists) + 1, dtype=np.int64)
    np.cumsum(lengths, out=starts[1:])
    values: Ints = pc.list_flatten(lists).to_numpy(zero_copy_only=False).astype(np.int64)
    return values, starts


def rows_of(starts: Ints) -> Ints:
    """Return the row of each value."""
    return np.repeat(np.arange(len(starts) - 1), np.diff(starts))


def starts_of(rows: Ints, count: int) -> Ints:
    """Return where each of `count` rows begins in values that stand in order of their rows."""
    starts = np.zeros(count + 1, dtype=np.int64)
    np.cumsum(np.bincount(rows, minlength=count), out=starts[1:])
    return starts


@kernel
def sort_stretch(values, start, end):  # type: ignore[no-untyped-def]  # noqa: ANN201
    """Sort values[start:end] in place (Shell's sort: numba takes seconds to compile its own)."""
    gap = (end - start) // 2
    while gap > 0:
        for i in range(start + gap, end):
            value = values[i]
            at = i
            while at >= start + gap and values[at - gap] > value:
                values[at] = values[at - gap]
                at -= gap
            values[at] = value
        gap = gap // 2 if gap != 2 else 1
    return values


@kernel
def first_at_least(values, start, end, wanted):  # type: ignore[no-untyped-def]  # noqa: ANN201
    """Return the first place in sorted values[start:end] that holds at least `wanted`, else `end`."""
    while start < end:
        middle = (start + end) // 2
        if values[middle] < wanted:
            start = middle + 1
        else:
            end = middle
    return start


@kernel
def grown(values):  # type: ignore[no-untyped-def]  # noqa: ANN201
    """Return an array twice as long that begins with the values."""
    longer = np.empty(2 * len(values), dtype=values.dtype)
    for i in range(len(values)):
        longer[i] = values[i]
    return longer


def sort_segments(values: Ints, starts: Ints) -> Ints:
    """Return the values with each row's sorted."""
    ordered = values.copy()
    for begin, end in pairwise(starts.tolist()):
        if end - begin > 1:
            ordered[begin:end].sort()
    return ordered


@kernel
def invert_rows(rows, columns, values, count):  # type: ignore[no-untyped-def]  # noqa: ANN201
    """Return where each column begins, and the rows and values of each column in order of rows."""
    starts = np.zeros(count + 1, dtype=np.int64)
    for column in columns:
        starts[column + 1] += 1
    for column in range(count):
        starts[column + 1] += starts[column]
    at = starts[:-1].copy()
    by_column = np.empty(len(columns), dtype=np.int64)
    values_by_column = np.empty(len(columns), dtype=np.float32)
    for k in range(len(columns)):
        by_column[at[columns[k]]] = rows[k]
        values_by_column[at[columns[k]]] = values[k]
        at[columns[k]] += 1
    return starts, by_column, values_by_column
