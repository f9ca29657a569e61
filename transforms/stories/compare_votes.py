"""Compare votes that share rare terms within the time window: one compiled pass over posting lists.

Enters: `Votes`, the window as flat arrays in canonical order. Leaves: pairs with a likeness.
"""

# The compiled functions carry no annotations, and one loop is faster and plainer there than ten functions.
# ruff: noqa: ANN001, ANN201, ANN202, C901, PLR0912, PLR0913, PLR0915, PLR0917

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from transforms.copies.kernel import kernel
from transforms.stories.segments import first_at_least, grown

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class CompareParams:
    """What makes two votes alike.

    `window_days` is the gap between two publication times from which likeness counts nothing; it fades from one
    day on. `quote_bonus` is added in full at `quote_runs_full` shared runs of quoted words. Where one vote tells of
    a similar thing in the very year of the other, `contrast_likeness` stands instead; where the other gives no sign
    of a later year, `contrast_factor` scales. `undated_factor` scales where a time is not known narrowly,
    `same_outlet_factor` where one outlet wrote both: its templates are alike (twice, where undated). Pairs below
    `pair_minimum` count as 0, and so do those that share less than `rare_minimum` by rare terms.
    """

    window_days: float = 7.0
    quote_bonus: float = 0.10
    quote_runs_full: int = 4
    contrast_likeness: float = -0.5
    contrast_factor: float = 0.4
    pair_minimum: float = 0.03
    rare_minimum: float = 0.02
    undated_factor: float = 0.75
    same_outlet_factor: float = 0.75


@dataclass(frozen=True, slots=True)
class Votes:
    """The votes of a window in canonical order: those with a narrow time first, by it, then the others.

    `columns` numbers the terms of the window; `values` are their weights with unit length over a vote; row i is
    [starts[i], starts[i + 1]). Times are days since 1970, -inf or inf where open. `narrow_count` votes are narrow.
    `outlet` numbers outlets, -1 where unknown. Rare columns have postings; the other entries stand once more, by
    row, in `common_*`.
    """

    starts: Ints
    columns: Ints
    values: npt.NDArray[np.float32]
    quote_starts: Ints
    quotes: Ints
    low: Floats
    high: Floats
    latest_year: Ints
    contrast_starts: Ints
    contrast_years: Ints
    outlet: Ints
    narrow_count: int
    common_starts: Ints
    common_columns: Ints
    common_values: npt.NDArray[np.float32]
    posting_starts: Ints
    postings: Ints
    posting_values: npt.NDArray[np.float32]


def compare_votes(
    votes: Votes, rows: Ints, params: CompareParams
) -> tuple[Ints, Ints, npt.NDArray[np.float32]]:
    """Return (row, other, likeness) of each pair that is alike, or contradicts itself, for the given rows."""
    left, right, likeness, count = _compare(
        rows,
        votes.starts,
        votes.columns,
        votes.values,
        votes.quote_starts,
        votes.quotes,
        votes.low,
        votes.high,
        votes.latest_year,
        votes.contrast_starts,
        votes.contrast_years,
        votes.outlet,
        votes.narrow_count,
        votes.common_starts,
        votes.common_columns,
        votes.common_values,
        votes.posting_starts,
        votes.postings,
        votes.posting_values,
        params.window_days,
        params.quote_bonus,
        params.quote_runs_full,
        params.contrast_likeness,
        params.contrast_factor,
        params.pair_minimum,
        params.rare_minimum,
        params.undated_factor,
        params.same_outlet_factor,
    )
    return left[:count].copy(), right[:count].copy(), likeness[:count].copy()


@kernel
def shared_count(a, a_end, b, b_end, left, right):  # type: ignore[no-untyped-def]
    """Return how many values two sorted stretches share."""
    count = 0
    while a < a_end and b < b_end:
        if left[a] == right[b]:
            count += 1
            a += 1
            b += 1
        elif left[a] < right[b]:
            a += 1
        else:
            b += 1
    return count


@kernel
def _contrast(i, j, starts, years, latest, low):  # type: ignore[no-untyped-def]
    """Return 2 where i tells of a similar thing in the very year of j, 1 where j may be of that year, else 0."""
    found = 0
    year_of_low = np.int64(1970 + low[j] / 365.2425) if low[j] > -1e9 else 0
    for k in range(starts[i], starts[i + 1]):
        year = years[k]
        if year in (latest[j], year_of_low):
            return 2
        if max(latest[j], year_of_low) < year:
            found = 1
    return found


@kernel
def _compare(  # type: ignore[no-untyped-def]
    rows,
    starts,
    columns,
    values,
    quote_starts,
    quotes,
    low,
    high,
    latest,
    contrast_starts,
    contrast_years,
    outlet,
    narrow_count,
    common_starts,
    common_columns,
    common_values,
    posting_starts,
    postings,
    posting_values,
    window,
    quote_bonus,
    quote_full,
    contrast,
    contrast_factor,
    minimum,
    rare_minimum,
    undated_factor,
    same_outlet_factor,
):
    size = len(starts) - 1
    sums = np.zeros(size, dtype=np.float32)
    touched = np.empty(size, dtype=np.int64)
    capacity = 1024
    out_rows = np.empty(capacity, dtype=np.int64)
    out_others = np.empty(capacity, dtype=np.int64)
    out_values = np.empty(capacity, dtype=np.float32)
    count = 0
    own = np.zeros(len(posting_starts), dtype=np.float32)
    for i in rows:
        first, last = 0, narrow_count
        if i < narrow_count:
            # A narrow time is at most a window long, so no vote beyond these can lie within the window.
            first = first_at_least(low, 0, narrow_count, low[i] - 2 * window)
            last = first_at_least(low, first, narrow_count, high[i] + window + 1e-9)
        seen = 0
        for k in range(starts[i], starts[i + 1]):
            column = columns[k]
            begin, end = posting_starts[column], posting_starts[column + 1]
            if end - begin < 2:
                continue
            value = values[k]
            at = first_at_least(postings, begin, end, first)
            while at < end:
                j = postings[at]
                if last <= j < narrow_count:
                    at = first_at_least(postings, at, end, narrow_count)
                    continue
                if sums[j] == 0:
                    touched[seen] = j
                    seen += 1
                sums[j] += value * posting_values[at]
                at += 1
        for k in range(common_starts[i], common_starts[i + 1]):
            own[common_columns[k]] = common_values[k]
        for k in range(seen):
            j = touched[k]
            likeness = sums[j]
            sums[j] = 0
            if j == i or likeness < rare_minimum:
                continue
            for at in range(common_starts[j], common_starts[j + 1]):
                likeness += own[common_columns[at]] * common_values[at]
            is_undated = i >= narrow_count or j >= narrow_count
            is_same_outlet = outlet[i] == outlet[j] and outlet[i] >= 0
            if is_undated:
                likeness *= undated_factor
            if is_same_outlet:
                likeness *= same_outlet_factor * (same_outlet_factor if is_undated else 1.0)
            if likeness < minimum:
                continue
            gap = max(low[i] - high[j], low[j] - high[i])
            if gap > 1:
                likeness *= max(0.0, 1.0 - (gap - 1.0) / window)
            shared = shared_count(
                quote_starts[i], quote_starts[i + 1], quote_starts[j], quote_starts[j + 1], quotes, quotes
            )
            if shared and gap <= window:
                likeness += quote_bonus * min(shared, quote_full) / quote_full
            against = max(
                _contrast(i, j, contrast_starts, contrast_years, latest, low),
                _contrast(j, i, contrast_starts, contrast_years, latest, low),
            )
            if against and not shared:
                likeness = contrast if against == 2 else likeness * contrast_factor
            if abs(likeness) < minimum:
                continue
            if count == capacity:
                capacity *= 2
                out_rows, out_others, out_values = grown(out_rows), grown(out_others), grown(out_values)
            out_rows[count], out_others[count], out_values[count] = i, j, likeness
            count += 1
        for k in range(common_starts[i], common_starts[i + 1]):
            own[common_columns[k]] = 0
    return out_rows, out_others, out_values, count
