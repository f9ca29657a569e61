"""Cluster votes into stories: average linkage that stops where a merge would be much looser than its parts.

Enters: pairs with their likeness. Leaves: a cluster number a vote, the same whatever the order of the pairs.
"""

# The compiled functions carry no annotations, and one loop is faster and plainer there than ten functions.
# ruff: noqa: ANN001, ANN202, C901, PLR0912, PLR0913, PLR0915, PLR0917

import heapq
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from transforms.copies.kernel import kernel
from transforms.stories.compare_votes import Floats, Ints
from transforms.stories.segments import grown


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


def cluster_votes(
    left: Ints,
    right: Ints,
    likeness: npt.NDArray[np.float32],
    low: Floats,
    high: Floats,
    params: ClusterParams,
) -> Ints:
    """Return for each vote the smallest vote of its cluster; each pair stands once, left before right."""
    size = len(low)
    order = np.lexsort((right, left))
    rows = np.concatenate([left[order], right[order]])
    others = np.concatenate([right[order], left[order]])
    sums = np.concatenate([likeness[order], likeness[order]]).astype(np.float64)
    by_row = np.lexsort((others, rows))
    starts = np.zeros(size + 1, dtype=np.int64)
    np.cumsum(np.bincount(rows, minlength=size), out=starts[1:])
    return _cluster(  # type: ignore[no-any-return]
        starts,
        others[by_row],
        sums[by_row],
        low,
        high,
        params.base,
        params.ratio,
        params.prior_pairs,
        params.prior_likeness,
        params.floor,
        params.story_days,
    )


@kernel
def _root(parent, node):  # type: ignore[no-untyped-def]
    while parent[node] != node:
        parent[node] = parent[parent[node]]
        node = parent[node]
    return node


@kernel
def _cluster(  # type: ignore[no-untyped-def]
    starts,
    others,
    sums,
    low,
    high,
    base,
    ratio,
    prior_pairs,
    prior_likeness,
    floor,
    story_days,
):
    """Merge the most alike pair that passes the test until none is left; a refused pair waits for a change.

    Each merge makes a new node whose neighbours are the two old lists folded together; the lists of others keep
    the old nodes and find the new one through `parent`. Equal likeness is settled by the smallest votes.
    """
    size = len(starts) - 1
    parent = np.arange(2 * size)
    rank = np.zeros(2 * size, dtype=np.int64)
    members = np.ones(2 * size)
    inner = np.zeros(2 * size)
    latest_low = np.full(2 * size, -np.inf)
    earliest_high = np.full(2 * size, np.inf)
    begin = np.zeros(2 * size, dtype=np.int64)
    end = np.zeros(2 * size, dtype=np.int64)
    capacity = max(2 * len(others), 1024)
    list_node = np.empty(capacity, dtype=np.int64)
    list_sum = np.empty(capacity)
    for k in range(len(others)):
        list_node[k], list_sum[k] = others[k], sums[k]
    used = len(others)
    heap = [(0.0, 0, 0, 0, 0)]
    heap.pop()
    for i in range(size):
        rank[i], latest_low[i], earliest_high[i] = i, low[i], high[i]
        begin[i], end[i] = starts[i], starts[i + 1]
        for k in range(starts[i], starts[i + 1]):
            j = others[k]
            if i < j and sums[k] >= floor:
                heap.append((-sums[k], i, j, i, j))
    heapq.heapify(heap)
    folded = np.zeros(2 * size)
    is_listed = np.zeros(2 * size, dtype=np.bool_)
    neighbours = np.empty(size, dtype=np.int64)
    nodes = size
    while heap:
        negative, _, _, a, b = heapq.heappop(heap)
        if parent[a] != a or parent[b] != b:
            continue
        pairs_a, pairs_b = members[a] * (members[a] - 1) / 2, members[b] * (members[b] - 1) / 2
        inner_a = (inner[a] + prior_pairs * prior_likeness) / (pairs_a + prior_pairs)
        inner_b = (inner[b] + prior_pairs * prior_likeness) / (pairs_b + prior_pairs)
        if -negative < base + ratio * min(inner_a, inner_b):
            continue
        if max(latest_low[a], latest_low[b]) - min(earliest_high[a], earliest_high[b]) > story_days:
            continue
        node = nodes
        nodes += 1
        parent[a], parent[b] = node, node
        rank[node] = min(rank[a], rank[b])
        members[node] = members[a] + members[b]
        inner[node] = inner[a] + inner[b] - negative * members[a] * members[b]
        latest_low[node] = max(latest_low[a], latest_low[b])
        earliest_high[node] = min(earliest_high[a], earliest_high[b])
        found = 0
        for old in (a, b):
            for k in range(begin[old], end[old]):
                other = _root(parent, list_node[k])
                if other == node:
                    continue
                if not is_listed[other]:
                    is_listed[other] = True
                    neighbours[found] = other
                    found += 1
                folded[other] += list_sum[k]
        while used + found > capacity:
            capacity *= 2
            list_node, list_sum = grown(list_node), grown(list_sum)
        begin[node], end[node] = used, used + found
        for k in range(found):
            other = neighbours[k]
            list_node[used], list_sum[used] = other, folded[other]
            used += 1
            mean = folded[other] / (members[node] * members[other])
            if mean >= floor:
                lesser, greater = min(rank[node], rank[other]), max(rank[node], rank[other])
                heapq.heappush(heap, (-mean, lesser, greater, node, other))
            folded[other], is_listed[other] = 0.0, False
    clusters = np.empty(size, dtype=np.int64)
    for i in range(size):
        clusters[i] = rank[_root(parent, i)]
    return clusters
