"""Cluster votes into stories: average linkage that stops where a merge would be much looser than its parts.

Enters: pairs with their likeness. Leaves: a cluster number a vote, the same whatever the order of the pairs.
"""

import heapq
from dataclasses import dataclass

import numpy as np

from transforms.forest import Forest
from transforms.stories.votes import Floats, Ints, Likeness


@dataclass(frozen=True, slots=True)
class ClusterParams:
    """When two clusters are one story.

    They merge when their mean likeness reaches `base` + `ratio` times the inner likeness of the looser of the two,
    which is estimated from its pairs and `prior_pairs` pairs of `prior_likeness`; and `floor` in any case. A story
    never spans more than `story_days` between times that are certain.
    """

    base: float = 0.02
    ratio: float = 0.7
    prior_pairs: float = 10.0
    prior_likeness: float = 0.10
    floor: float = 0.08
    story_days: float = 21.0


@dataclass(frozen=True, slots=True)
class _Cluster:
    """A cluster as it stands, and its summed likeness to the clusters around it, which may have been merged since."""

    members: int
    inner: float
    latest_low: float
    earliest_high: float
    around: list[tuple[int, float]]


def cluster_votes(
    left: Ints, right: Ints, likeness: Likeness, low: Floats, high: Floats, params: ClusterParams
) -> Ints:
    """Return for each vote the smallest vote of its cluster; each pair stands once, left before right.

    The most alike pair of clusters that passes the test is merged until none is left; a refused pair waits for a
    change. A cluster goes by its smallest vote, and equal likeness is settled by these.
    """
    clusters = {
        vote: _Cluster(1, 0.0, *times, [])
        for vote, times in enumerate(zip(low.tolist(), high.tolist(), strict=True))
    }
    forest = Forest[int]()
    order = np.lexsort((right, left))
    for i, j, value in zip(
        left[order].tolist(), right[order].tolist(), likeness[order].tolist(), strict=True
    ):
        clusters[i].around.append((j, value))
        clusters[j].around.append((i, value))
    heap = [_entry(vote, mate, value, clusters) for vote in clusters for mate, value in clusters[vote].around]
    heap = [entry for entry in heap if -entry[0] >= params.floor and entry[3] < entry[4]]
    heapq.heapify(heap)
    while heap:
        negative, _, _, a, b, members = heapq.heappop(heap)
        if not _stand(a, b, members, clusters) or not _may_merge(clusters[a], clusters[b], -negative, params):
            continue
        forest.join(a, b)
        merged = _merged(min(a, b), clusters.pop(a), clusters.pop(b), -negative, forest)
        clusters[min(a, b)] = merged
        for other, total in merged.around:
            mean = total / (merged.members * clusters[other].members)
            if mean >= params.floor:
                heapq.heappush(heap, _entry(min(a, b), other, mean, clusters))
    return np.array([forest.root(vote) for vote in range(len(low))], np.int64)


_Entry = tuple[float, int, int, int, int, tuple[int, int]]


def _entry(a: int, b: int, likeness: float, clusters: dict[int, _Cluster]) -> _Entry:
    """Return what waits in the heap: the members tell later whether both clusters are still what they were."""
    return -likeness, min(a, b), max(a, b), a, b, (clusters[a].members, clusters[b].members)


def _stand(a: int, b: int, members: tuple[int, int], clusters: dict[int, _Cluster]) -> bool:
    return a in clusters and b in clusters and members == (clusters[a].members, clusters[b].members)


def _may_merge(a: _Cluster, b: _Cluster, likeness: float, params: ClusterParams) -> bool:
    inner = [
        (one.inner + params.prior_pairs * params.prior_likeness)
        / (one.members * (one.members - 1) / 2 + params.prior_pairs)
        for one in (a, b)
    ]
    if likeness < params.base + params.ratio * min(inner):
        return False
    return max(a.latest_low, b.latest_low) - min(a.earliest_high, b.earliest_high) <= params.story_days


def _merged(own: int, a: _Cluster, b: _Cluster, likeness: float, forest: Forest[int]) -> _Cluster:
    """Return the two as one, by the name that they have in the forest, their surroundings folded together."""
    around: dict[int, float] = {}
    for old, total in (*a.around, *b.around):
        other = forest.root(old)
        if other != own:
            around[other] = around.get(other, 0.0) + total
    return _Cluster(
        a.members + b.members,
        a.inner + b.inner + likeness * a.members * b.members,
        max(a.latest_low, b.latest_low),
        min(a.earliest_high, b.earliest_high),
        list(around.items()),
    )
