"""The votes of a window, laid out for comparison.

Enters: nothing. Leaves: the records that `gather_votes` fills and the steps after it read.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Ints32 = npt.NDArray[np.int32]
Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]
Floats32 = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class SparseRows:
    """Weights of terms: row i has `values` at `columns` in [starts[i], starts[i + 1]), in order of its terms.

    `kinds` and `weights` say of each column what term it is of, and how rare.
    """

    starts: Ints
    columns: Ints32
    values: Floats32
    kinds: Ints
    weights: Floats


@dataclass(frozen=True, slots=True)
class NumberLists:
    """Whole numbers: row i has `values` in [starts[i], starts[i + 1])."""

    values: Ints
    starts: Ints


@dataclass(frozen=True, slots=True)
class QuotedRuns:
    """Runs of quoted words: row i has the runs of `keys` (i * width + run, sorted) in [starts[i], starts[i + 1]).

    Each stands there `counts` times. `marks` hold a bit of 64 for each run of a row: two without a common bit share
    none.
    """

    starts: Ints
    keys: Ints
    counts: Ints
    marks: npt.NDArray[np.uint64]
    width: int

    @classmethod
    def of(cls, keys: Ints, counts: Ints, *, rows: int, width: int) -> "QuotedRuns":
        """Return the runs that stand in some rows as sorted keys."""
        starts = np.searchsorted(keys, np.arange(rows + 1) * width)
        marks = np.zeros(rows, np.uint64)
        np.bitwise_or.at(marks, keys // width, np.uint64(1) << (keys % width & 63).astype(np.uint64))
        return cls(starts, keys, counts, marks, width)


@dataclass(frozen=True, slots=True)
class Titles:
    """Vote i has a title of `words` in [starts[i], starts[i + 1]) with `shares` of its weight.

    `told` holds vote * count + word of each of `count` words that a vote tells, sorted.
    """

    starts: Ints
    words: Ints
    shares: Floats
    told: Ints
    count: int


@dataclass(frozen=True, slots=True)
class Votes:
    """The votes of a window in canonical order: those with a narrow time first, by it, then the others.

    Of the terms that two votes or more hold `rare` are those that make candidates and `common` the others, each
    with columns of their own, and with weights that give a vote's terms unit length; `sizes` are how many terms of
    each vote count, whether or not another holds them. `quotes` are runs of quoted words that two votes or more
    hold; `facts` are as `read_facts` gives them. `apart` holds both votes of each pair that
    fills one form on different days, as vote * number of votes + vote, sorted. `background` is how alike a vote is
    to the others of the window on the average. Times are days since 1970, -inf or inf where open. `narrow_count`
    votes are narrow. `weekdays` are those that each names, a bit each.
    """

    sizes: Ints
    rare: SparseRows
    common: SparseRows
    titles: Titles
    quotes: QuotedRuns
    apart: Ints
    background: Floats
    low: Floats
    high: Floats
    latest_year: Ints
    contrast_years: NumberLists
    facts: NumberLists
    weekdays: Ints
    narrow_count: int
