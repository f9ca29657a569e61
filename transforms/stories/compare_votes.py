"""Compare votes that share rare terms within the time window.

Enters: `Votes`, the window in canonical order. Leaves: pairs with a likeness.
"""

from dataclasses import dataclass

import numpy as np

from copydesk.transforms.stories.read_facts import KIND_SHIFT, TOLERANCES, WEEKDAY
from copydesk.transforms.stories.share_terms import add_common_terms, share_rare_terms
from copydesk.transforms.stories.votes import (
    Bools,
    Floats,
    Floats32,
    Ints,
    Ints32,
    NumberLists,
    QuotedRuns,
    Titles,
    Votes,
)
from copydesk.transforms.text.segments import portions, rows_of, spread

_DAYS_A_YEAR = 365.2425
_LONG_AGO = -1e9
_PORTION = 1 << 16
_ABOVE_0 = float(np.finfo(float).eps)
"""Instead of a threshold of 0 where something is divided by it."""


@dataclass(frozen=True, slots=True)
class CompareThresholds:
    """What makes two votes alike.

    `window_days` is the gap between two publication times from which likeness counts nothing; it fades from one
    day on. `quote_bonus` is added in full at `quote_runs_full` shared runs of quoted words. Where one vote tells of
    a similar thing in the very year of the other, `contrast_likeness` stands instead; where the other gives no sign
    of a later year, `contrast_factor` scales, and where both tell a kind of fact that differs, `weekday_factor`
    where a day lies between them and both name weekdays, none in common. `undated_factor` scales where neither time
    is known narrowly, `half_dated_factor` where one is: an archive has a like affair for it at many times. Where
    both have titles and neither tells the other's, `untold_factor` scales, less where one tells of it, up to
    `told_ratio`. Pairs below `pair_minimum` count as 0, and so do those that share less than `rare_minimum` by rare
    terms, and in a crowd those not `crowd_factor` times as alike as either is to everyone: what all share tells of
    no event. One form filled in anew on another day counts nothing.
    """

    window_days: float = 4.0
    quote_bonus: float = 0.10
    quote_runs_full: int = 4
    contrast_likeness: float = -0.5
    contrast_factor: float = 0.4
    weekday_factor: float = 0.5
    pair_minimum: float = 0.03
    rare_minimum: float = 0.01
    undated_factor: float = 0.92
    half_dated_factor: float = 0.75
    untold_factor: float = 0.3
    told_ratio: float = 0.6
    crowd_factor: float = 2.0


def compare_votes(votes: Votes, rows: Ints, thresholds: CompareThresholds) -> tuple[Ints32, Ints32, Floats32]:
    """Return (row, other, likeness) of each pair that is alike, or contradicts itself, for the given rows.

    A pair of two given rows stands once, left before right.
    """
    empty = (np.zeros(0, np.int32), np.zeros(0, np.int32), np.zeros(0, np.float32))
    found = [
        _judge(
            votes, left[at : at + _PORTION], right[at : at + _PORTION], sums[at : at + _PORTION], thresholds
        )
        for left, right, sums in share_rare_terms(
            votes, rows, thresholds.window_days, thresholds.rare_minimum
        )
        for at in range(0, len(left), _PORTION)
    ]
    left, right, likeness = (np.concatenate(parts) for parts in zip(empty, *found, strict=True))
    return left, right, likeness


def _judge(
    votes: Votes, left: Ints, right: Ints, sums: Floats32, thresholds: CompareThresholds
) -> tuple[Ints32, Ints32, Floats32]:
    """Return the pairs that count, with their likeness."""
    gaps = np.maximum(votes.low[left] - votes.high[right], votes.low[right] - votes.high[left])
    fading = np.where(
        gaps > 1, np.maximum(0.0, 1.0 - (gaps - 1.0) / max(thresholds.window_days, _ABOVE_0)), 1.0
    )
    against = np.maximum(_contrasts(votes, left, right), _contrasts(votes, right, left))
    kept = np.flatnonzero((fading > 0) | (against == _CONTRADICTS))
    left, right, gaps, fading, against = left[kept], right[kept], gaps[kept], fading[kept], against[kept]
    likeness = add_common_terms(votes, left, right, sums[kept]).astype(np.float64)
    undated = (left >= votes.narrow_count).astype(np.int64) + (right >= votes.narrow_count)
    crowd = np.maximum(votes.background[left], votes.background[right])
    is_told_apart = likeness >= thresholds.crowd_factor * crowd
    likeness *= np.array([1.0, thresholds.half_dated_factor, thresholds.undated_factor])[undated]
    is_alike = is_told_apart & (likeness >= thresholds.pair_minimum)
    is_alike &= ~_hold(votes.apart, left * len(votes.low) + right)
    kept = np.flatnonzero(is_alike)
    left, right, gaps, against, likeness = left[kept], right[kept], gaps[kept], against[kept], likeness[kept]
    likeness *= fading[kept]
    shared = shared_quotes(votes.quotes, left, right)
    is_quoted = (shared > 0) & (gaps <= thresholds.window_days)
    full = max(thresholds.quote_runs_full, 1)
    bonus = thresholds.quote_bonus * np.minimum(shared, full) / full
    likeness += np.where(is_quoted, bonus, 0.0)
    likeness *= _by_title(votes, left, right, thresholds)
    contrasted = np.where(
        against == _CONTRADICTS, thresholds.contrast_likeness, likeness * thresholds.contrast_factor
    )
    likeness = np.where((against > 0) & (shared == 0), contrasted, likeness)
    is_differing = _tell_differing_facts(votes.facts, left, right) & (shared == 0)
    likeness *= np.where(is_differing, thresholds.contrast_factor, 1.0)
    is_another_day = _name_other_days(votes, left, right) & (shared == 0)
    likeness *= np.where(is_another_day, thresholds.weekday_factor, 1.0)
    counts = np.abs(likeness) >= thresholds.pair_minimum
    left, right, likeness = left[counts], right[counts], likeness[counts]
    return left.astype(np.int32), right.astype(np.int32), likeness.astype(np.float32)


def _by_title(votes: Votes, left: Ints, right: Ints, thresholds: CompareThresholds) -> Floats:
    """Return what a pair's titles make of its likeness: a title that neither tells of the other speaks against it."""
    if thresholds.untold_factor == 1:
        return np.ones(len(left))
    told = np.maximum(_told(votes.titles, left, right), _told(votes.titles, right, left))
    has_title = np.diff(votes.titles.starts) > 0
    scaled = thresholds.untold_factor + (1 - thresholds.untold_factor) * np.minimum(
        told / max(thresholds.told_ratio, _ABOVE_0), 1
    )
    return np.where(has_title[left] & has_title[right], scaled, 1.0)


def _told(titles: Titles, tellers: Ints, others: Ints) -> Floats:
    """Return the share of each teller's title that the other tells too."""
    told, sizes = np.zeros(len(tellers)), np.diff(titles.starts)[tellers]
    for part in portions(sizes, _PORTION):
        here, owner = spread(titles.starts[tellers[part]], sizes[part])
        is_told = _hold(titles.told, others[part][owner] * titles.count + titles.words[here])
        told[part] = np.bincount(owner, np.where(is_told, titles.shares[here], 0), minlength=len(sizes[part]))
    return told


def _hold(ordered: Ints, wanted: Ints) -> Bools:
    """Return which of some numbers are among ordered ones."""
    if not len(ordered):
        return np.zeros(len(wanted), np.bool_)
    found: Bools = ordered[np.searchsorted(ordered, wanted).clip(max=len(ordered) - 1)] == wanted
    return found


def shared_quotes(quotes: QuotedRuns, left: Ints, right: Ints) -> Ints:
    """Return how many runs of quoted words each pair shares."""
    shared, sizes = np.zeros(len(left), np.int64), np.diff(quotes.starts)
    pairs = np.flatnonzero(quotes.marks[left] & quotes.marks[right])
    for part in portions(sizes[left[pairs]], _PORTION):
        one, other = left[pairs[part]], right[pairs[part]]
        here, owner = spread(quotes.starts[one], sizes[one])
        wanted = quotes.keys[here] + ((other - one) * quotes.width)[owner]
        at = np.searchsorted(quotes.keys, wanted).clip(max=len(quotes.keys) - 1)
        both = np.where(quotes.keys[at] == wanted, np.minimum(quotes.counts[here], quotes.counts[at]), 0)
        shared[pairs[part]] = np.bincount(owner, weights=both, minlength=len(one))
    return shared


def _tell_differing_facts(facts: NumberLists, left: Ints, right: Ints) -> Bools:
    """Tell which pairs both tell facts of a kind, and all of the one differ from all of the other."""
    kinds, sizes = facts.values >> KIND_SHIFT, np.diff(facts.starts)
    told = np.zeros(len(sizes), np.int64)
    np.bitwise_or.at(told, rows_of(facts.starts), 1 << kinds)
    told &= ~(1 << WEEKDAY)
    differing = told[left] & told[right]
    pairs = np.flatnonzero(differing)
    own, pair = spread(facts.starts[left[pairs]], sizes[left[pairs]])
    other, fact = spread(facts.starts[right[pairs]][pair], sizes[right[pairs]][pair])
    gaps = np.abs(facts.values[own][fact] - facts.values[other])
    is_same = (kinds[own][fact] == kinds[other]) & (gaps <= np.array(TOLERANCES)[kinds[other]])
    np.bitwise_and.at(differing, pairs[pair[fact[is_same]]], ~(1 << kinds[other[is_same]]))
    is_differing: Bools = differing != 0
    return is_differing


def _name_other_days(votes: Votes, left: Ints, right: Ints) -> Bools:
    """Tell which pairs name weekdays, none in common, and have a whole day between them.

    The report of the next day names its own day, of the same event.
    """
    one, other = votes.weekdays[left], votes.weekdays[right]
    begins, ends = np.floor(votes.low), np.ceil(votes.high)
    gaps = np.maximum(begins[left] - ends[right], begins[right] - ends[left])
    found: Bools = (one != 0) & (other != 0) & (one & other == 0) & (gaps >= 1)
    return found


_MAY_CONTRADICT, _CONTRADICTS = 1, 2


def _contrasts(votes: Votes, tellers: Ints, others: Ints) -> Ints:
    """Return _CONTRADICTS where one tells of a similar thing in the very year of the other.

    _MAY_CONTRADICT where the other gives no sign of being of a later year, else 0.
    """
    found = np.zeros(len(tellers), np.int64)
    sizes = np.diff(votes.contrast_years.starts)
    pairs = np.flatnonzero(sizes[tellers])
    place, owner = spread(votes.contrast_years.starts[tellers[pairs]], sizes[tellers[pairs]])
    years, told = votes.contrast_years.values[place], others[pairs[owner]]
    latest, written = votes.latest_year[told], _years(votes.low)[told]
    effect = np.where(np.maximum(latest, written) < years, _MAY_CONTRADICT, 0)
    effect[(years == latest) | (years == written)] = _CONTRADICTS
    np.maximum.at(found, pairs[owner], effect)
    return found


def _years(low: Floats) -> Ints:
    """Return the year of each time, 0 where it is open."""
    known = np.where(low > _LONG_AGO, low, 0.0)
    return np.where(low > _LONG_AGO, (1970 + known / _DAYS_A_YEAR).astype(np.int64), 0)
