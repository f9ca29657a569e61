"""Find which votes share rare terms within the time window, and sum what they share.

Enters: votes. Leaves: candidate pairs with their sums.
"""

from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from copydesk.transforms.stories.votes import Bools, Floats32, Ints, Ints32, Votes
from copydesk.transforms.text.segments import portions, rows_of, spread

_CELLS = 1 << 21
"""So many pairs are summed at a time: a table of rows by all others within their time."""
_TERMS = 1 << 18
"""So many terms of others are looked through at a time: those without a narrow time may be all of the window."""
_PRODUCTS = 1 << 16
"""So many products of shared terms are made at a time: their arrays stay in the processor's cache."""


def share_rare_terms(
    votes: Votes, rows: Ints, window_days: float, minimum: float
) -> Iterator[tuple[Ints, Ints, Floats32]]:
    """Yield (row, other, sum) of the pairs that share at least `minimum` by rare terms, for the given rows.

    A pair of two given rows stands once, left before right. Each sum is made term by term in the order of the other's
    terms, so that it does not hang on the company.
    """
    rows = np.sort(rows)
    is_given = np.zeros(len(votes.low), np.bool_)
    is_given[rows] = True
    first, last = _reach(votes, rows, window_days)
    row_of = rows_of(votes.rare.starts).astype(np.int32)
    tail = len(votes.low) - votes.narrow_count
    begin, lowest, highest = 0, 0, 0
    for end, (low, high) in enumerate(zip(first.tolist(), last.tolist(), strict=True)):
        wide = max(highest, high) - min(lowest, low) + tail
        if end > begin and (end + 1 - begin) * wide > _CELLS:
            yield _share(votes, row_of, is_given, rows[begin:end], first[begin:end], last[begin:end], minimum)
            begin = end
        lowest, highest = (low, high) if end == begin else (min(lowest, low), max(highest, high))
    if begin < len(rows):
        yield _share(votes, row_of, is_given, rows[begin:], first[begin:], last[begin:], minimum)


def _reach(votes: Votes, rows: Ints, window_days: float) -> tuple[Ints, Ints]:
    """Return between which narrow votes the ones near in time to each row stand."""
    low = votes.low[: votes.narrow_count]
    is_narrow = rows < votes.narrow_count
    longest = float((votes.high[: votes.narrow_count] - low).max(initial=0))
    first = np.searchsorted(low, votes.low[rows] - window_days - longest)
    last = np.searchsorted(low, votes.high[rows] + window_days + 1e-9)
    return np.where(is_narrow, first, 0), np.where(is_narrow, last, len(low))


def _share(
    votes: Votes, row_of: Ints32, is_given: Bools, rows: Ints, first: Ints, last: Ints, minimum: float
) -> tuple[Ints, Ints, Floats32]:
    near = (int(first.min()), int(last.max()))
    undated = (max(near[1], votes.narrow_count), len(votes.low))
    found = []
    for begin, end in (near, undated):
        sums = _sums(votes, row_of, rows, begin, end)
        cells = np.flatnonzero(sums >= np.float64(minimum))
        row, other = cells // max(1, end - begin), cells % max(1, end - begin) + begin
        is_near = ((other >= first[row]) & (other < last[row])) | (other >= votes.narrow_count)
        kept = is_near & ((other > rows[row]) | ~is_given[other])
        found.append((rows[row[kept]], other[kept], sums[cells[kept]]))
    left, right, shared = (np.concatenate(parts) for parts in zip(*found, strict=True))
    return left, right, shared


def _sums(votes: Votes, row_of: Ints32, rows: Ints, begin: int, end: int) -> Floats32:
    """Return the sum of products of rare terms of each row with each vote from `begin` to `end`, row after row."""
    rare = votes.rare
    own, row = spread(rare.starts[rows], rare.starts[rows + 1] - rare.starts[rows])
    by_column = np.argsort(rare.columns[own])
    own, row = own[by_column], row[by_column]
    counts = np.bincount(rare.columns[own], minlength=int(rare.columns.max(initial=-1)) + 1)
    begins = np.cumsum(counts) - counts
    sums = np.zeros(len(rows) * (end - begin), np.float32)
    for at in range(rare.starts[begin], rare.starts[end], _TERMS):
        there = slice(at, min(at + _TERMS, rare.starts[end]))
        shared = np.flatnonzero(counts[rare.columns[there]] > 0) + at
        columns = rare.columns[shared]
        for part in portions(counts[columns], _PRODUCTS):
            here, owner = spread(begins[columns[part]], counts[columns[part]])
            products = rare.values[own[here]] * rare.values[shared[part]][owner]
            np.add.at(sums, row[here] * (end - begin) + (row_of[shared[part]] - begin)[owner], products)
    return sums


def add_common_terms(votes: Votes, left: Ints, right: Ints, sums: Floats32) -> Floats32:
    """Return the sums of pairs with what they share by common terms added, term by term of the right one."""
    common = votes.common
    columns = common.columns
    held = [columns[begin:end] for begin, end in pairwise(common.starts.tolist())]
    weights = np.zeros(int(columns.max(initial=-1)) + 1, np.float32)
    is_own = np.zeros(len(weights), np.bool_)
    places, products = [np.zeros(0, np.int64)], [np.zeros(0, np.float32)]
    ends = np.cumsum(common.starts[right + 1] - common.starts[right])
    for part in _runs(left):
        own = slice(*common.starts[left[part.start] :][:2])
        weights[columns[own]], is_own[columns[own]] = common.values[own], True
        told = np.concatenate([held[other] for other in right[part].tolist()])
        shared = np.flatnonzero(is_own[told])
        places.append(shared + (ends[part.stop - 1] - len(told)))
        products.append(weights[told[shared]])
        is_own[columns[own]] = False
    place = np.concatenate(places)
    counts = np.diff(np.searchsorted(place, ends), prepend=0)
    values = common.values[place + np.repeat(common.starts[right + 1] - ends, counts)]
    likeness = sums.copy()
    np.add.at(likeness, np.repeat(np.arange(len(right)), counts), np.concatenate(products) * values)
    return likeness


def _runs(values: Ints) -> Iterator[slice]:
    """Yield the stretches of equal values."""
    bounds = [0, *(np.flatnonzero(np.diff(values)) + 1).tolist(), len(values)]
    return (slice(begin, end) for begin, end in pairwise(bounds) if begin < end)
