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
class CountedLists:
    """Whole numbers: row i has `values` in [starts[i], starts[i + 1]), and each of them `counts` times."""

    starts: Ints
    values: Ints
    counts: Ints


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
    hold, numbered and sorted; `facts` are as `read_facts` gives them. `apart` holds both votes of each pair that
    fills one form on different days, as vote * number of votes + vote, sorted. `background` is how alike a vote is
    to the others of the window on the average. Times are days since 1970, -inf or inf where open. `narrow_count`
    votes are narrow. `weekdays` are those that each names, a bit each.
    """

    sizes: Ints
    rare: SparseRows
    common: SparseRows
    titles: Titles
    quotes: CountedLists
    apart: Ints
    background: Floats
    low: Floats
    high: Floats
    latest_year: Ints
    contrast_years: CountedLists
    facts: CountedLists
    weekdays: Ints
    narrow_count: int
