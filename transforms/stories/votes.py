"""The votes of a window, laid out for comparison.

Enters: nothing. Leaves: the records that `gather_votes` fills and the steps after it read.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Floats32 = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class SparseRows:
    """Weights of terms: row i has `values` at `columns` in [starts[i], starts[i + 1]), in order of its terms."""

    starts: Ints
    columns: Ints
    values: Floats32


@dataclass(frozen=True, slots=True)
class CountedLists:
    """Whole numbers: row i has `values` in [starts[i], starts[i + 1]), and each of them `counts` times."""

    starts: Ints
    values: Ints
    counts: Ints


@dataclass(frozen=True, slots=True)
class Votes:
    """The votes of a window in canonical order: those with a narrow time first, by it, then the others.

    `terms` have unit length over a vote; `rare` are those that make candidates and `common` the others, whose columns
    are numbered for themselves. `quotes` are runs of quoted words that two votes or more hold, numbered and sorted.
    Times are days since 1970, -inf or inf where open. `narrow_count` votes are narrow. `outlet` numbers outlets, -1
    where unknown.
    """

    terms: SparseRows
    rare: SparseRows
    common: SparseRows
    quotes: CountedLists
    low: Floats
    high: Floats
    latest_year: Ints
    contrast_years: CountedLists
    outlet: Ints
    narrow_count: int
