"""Cluster votes into stories: average linkage that stops where a merge would be much looser than its parts.

Enters: pairs with their likeness. Leaves: a cluster number a vote, the same whatever the order of the pairs.
"""

import heapq
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from copydesk.transforms.stories.votes import Floats, Floats32, Ints, Ints32
from copydesk.transforms.text.segments import number_values, starts_of

_BATCH = 1 << 14
_Pair = tuple[float, int, int, int, int, int]
"""How alike two clusters are (negative), their smallest votes, their names, and how many votes they have together."""


@dataclass(frozen=True, slots=True)
class ClusterThresholds:
    """When two clusters are one story.

    They merge when their mean likeness reaches `base` + `ratio` times the inner likeness of the looser of the two,
    which is estimated from its pairs and `prior_pairs` pairs of `prior_likeness`; `tight_ratio` times that of the
    looser of those that have pairs, by these alone: a town's name alone joins no short texts that have all in common
    with each other; and `floor` in any case. A story
    never spans more than `story_days` between times that are certain, nor are two of which either has `weekday_votes`
    votes that name weekdays, and none in common.
    """

    base: float = 0.03
    ratio: float = 0.7
    prior_pairs: float = 10.0
    prior_likeness: float = 0.10
    tight_ratio: float = 0.35
    floor: float = 0.08
    story_days: float = 21.0
    weekday_votes: int = 2


@dataclass(frozen=True, slots=True)
class _Clusters:
    """Clusters while votes are joined, each by its smallest vote; `label` says of each vote whose it is.

    `around` are the clusters that each is compared with, by the votes that they went by at its last merge, and its
    summed likeness to them. `weekdays` are those that its votes name, a bit each, and `dating` how many votes name any.
    """

    label: Ints
    votes: list[Ints]
    sizes: Ints
    inner: Floats
    latest_low: Floats
    earliest_high: Floats
    weekdays: Ints
    dating: Ints
    around: list[tuple[Ints | Ints32, Floats | Floats32]]


def cluster_votes(
    left: Ints32,
    right: Ints32,
    likeness: Floats32,
    low: Floats,
    high: Floats,
    weekdays: Ints,
    thresholds: ClusterThresholds,
) -> Ints:
    """Return for each vote the smallest vote of its cluster; each pair stands once, left before right.

    The most alike pair of clusters that passes the test is merged until none is left; a refused pair waits for a
    change. Equal likeness is settled by the smallest votes.
    """
    clusters = _alone(left, right, likeness, low, high, weekdays)
    strong = np.flatnonzero(likeness.astype(np.float64) >= thresholds.floor)
    first = _most_alike_first(left[strong], right[strong], likeness[strong])
    upcoming = next(first, None)
    heap: list[_Pair] = []
    while heap or upcoming:
        if upcoming and (not heap or upcoming < heap[0]):
            (negative, _, _, a, b, size), upcoming = upcoming, next(first, None)
        else:
            negative, _, _, a, b, size = heapq.heappop(heap)
        # A merge since then has taken the name of one of the two, or made it larger.
        if clusters.label[a] != a or clusters.label[b] != b or clusters.sizes[a] + clusters.sizes[b] != size:
            continue
        if not _may_merge(clusters, a, b, -negative, thresholds):
            continue
        _merge(clusters, a, b, -negative)
        for mean, own, other in _still_alike(clusters, min(a, b), thresholds.floor):
            size = int(clusters.sizes[own] + clusters.sizes[other])
            heapq.heappush(heap, (-mean, min(own, other), max(own, other), own, other, size))
    return clusters.label


def _most_alike_first(left: Ints32, right: Ints32, likeness: Floats32) -> Iterator[_Pair]:
    """Yield pairs of votes in the order in which they are tried: a dense window has too many for objects."""
    order = np.lexsort((right, left, -likeness))
    for begin in range(0, len(order), _BATCH):
        some = order[begin : begin + _BATCH]
        columns = (column[some].tolist() for column in (left, right, likeness))
        for a, b, value in zip(*columns, strict=True):
            yield -value, a, b, a, b, 2


def _alone(
    left: Ints32, right: Ints32, likeness: Floats32, low: Floats, high: Floats, weekdays: Ints
) -> _Clusters:
    """Return each vote as a cluster, what is around it in order."""
    rows, others = np.concatenate([left, right]), np.concatenate([right, left])
    by_row = np.lexsort((others, rows))
    starts = starts_of(rows, len(low)).tolist()
    others, sums = others[by_row], np.concatenate([likeness, likeness])[by_row]
    return _Clusters(
        label=np.arange(len(low)),
        votes=list(np.arange(len(low)).reshape(-1, 1)),
        sizes=np.ones(len(low), np.int64),
        inner=np.zeros(len(low)),
        latest_low=low.copy(),
        earliest_high=high.copy(),
        weekdays=weekdays.copy(),
        dating=(weekdays != 0).astype(np.int64),
        around=[(others[begin:end], sums[begin:end]) for begin, end in pairwise(starts)],
    )


def _may_merge(clusters: _Clusters, a: int, b: int, likeness: float, thresholds: ClusterThresholds) -> bool:
    is_dated = min(clusters.dating[a], clusters.dating[b]) >= thresholds.weekday_votes
    if is_dated and not clusters.weekdays[a] & clusters.weekdays[b]:
        return False
    known = thresholds.prior_pairs * thresholds.prior_likeness
    sums = np.array([clusters.inner[a], clusters.inner[b]])
    sizes = np.array([clusters.sizes[a], clusters.sizes[b]])
    pairs = sizes * (sizes - 1) / 2
    estimated = float(((sums + known) / (pairs + thresholds.prior_pairs)).min())
    measured = float(min(sums[pairs > 0] / pairs[pairs > 0], default=0.0))
    if likeness < max(thresholds.base + thresholds.ratio * estimated, thresholds.tight_ratio * measured):
        return False
    latest = max(clusters.latest_low[a], clusters.latest_low[b])
    return bool(latest - min(clusters.earliest_high[a], clusters.earliest_high[b]) <= thresholds.story_days)


def _merge(clusters: _Clusters, a: int, b: int, likeness: float) -> None:
    """Make two clusters one that goes by the smaller name, their surroundings folded together."""
    own, gone = min(a, b), max(a, b)
    between = likeness * clusters.sizes[a] * clusters.sizes[b]
    clusters.inner[own] = clusters.inner[a] + clusters.inner[b] + between
    clusters.latest_low[own] = max(clusters.latest_low[a], clusters.latest_low[b])
    clusters.earliest_high[own] = min(clusters.earliest_high[a], clusters.earliest_high[b])
    clusters.weekdays[own] |= clusters.weekdays[gone]
    clusters.dating[own] += clusters.dating[gone]
    clusters.label[clusters.votes[gone]] = own
    others = clusters.label[np.concatenate([clusters.around[a][0], clusters.around[b][0]])]
    sums = np.concatenate([clusters.around[a][1], clusters.around[b][1]])
    is_other = others != own
    # Added up in the order in which they came, so that equal histories give equal sums to the last bit.
    distinct, numbers = number_values(others[is_other])
    folded = np.bincount(numbers, sums[is_other], minlength=len(distinct)).astype(np.float64)
    clusters.around[own] = distinct, folded
    clusters.around[gone] = clusters.around[own]
    clusters.votes[own] = np.concatenate([clusters.votes[a], clusters.votes[b]])
    clusters.sizes[own] = len(clusters.votes[own])


def _still_alike(clusters: _Clusters, own: int, floor: float) -> Iterator[tuple[float, int, int]]:
    """Yield the mean likeness of a cluster to each of those around it, where it reaches the floor."""
    others, sums = clusters.around[own]
    means = sums / (clusters.sizes[own] * clusters.sizes[others])
    for at in np.flatnonzero(means >= floor).tolist():
        yield float(means[at]), own, int(others[at])
