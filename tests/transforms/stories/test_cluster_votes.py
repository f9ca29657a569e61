"""Votes become clusters."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.transforms.stories.cluster_votes import ClusterThresholds, cluster_votes

SIZE = 8
THRESHOLDS = ClusterThresholds()
Pairs = list[tuple[int, int, float]]


def clustered(
    pairs: Pairs,
    size: int = SIZE,
    days: list[float] | None = None,
    thresholds: ClusterThresholds = THRESHOLDS,
    weekdays: list[int] | None = None,
) -> list[int]:
    left, right, likeness = (np.array([pair[k] for pair in pairs]) for k in range(3))
    times = np.array(days if days is not None else [np.nan] * size)
    low, high = np.where(np.isnan(times), -np.inf, times), np.where(np.isnan(times), np.inf, times)
    named = np.array(weekdays or [0] * size, np.int64)
    return cluster_votes(
        left.astype(np.int64),
        right.astype(np.int64),
        likeness.astype(np.float32),
        low,
        high,
        named,
        thresholds,
    ).tolist()


def clique(members: range, likeness: float) -> Pairs:
    return [(a, b, likeness) for a in members for b in members if a < b]


def test_a_loose_bridge_does_not_join_two_tight_groups() -> None:
    """What is alike by .15 is one story among loose votes, and two where each side is alike by .5."""
    bridge = [(a, b, 0.15) for a in range(4) for b in range(4, 8)]
    assert clustered(clique(range(4), 0.5) + clique(range(4, 8), 0.5) + bridge) == [0] * 4 + [4] * 4
    assert clustered(clique(range(8), 0.15)) == [0] * 8


def test_two_tight_pairs_are_two_stories() -> None:
    """Two texts alike by 1 are not joined with two others, or with one, by what is less than a third of that."""
    for likeness in (0.34, 0.36):
        bridge = [(a, b, likeness) for a in (0, 1) for b in (2, 3)]
        wanted = [0, 0, 2, 2] if likeness < 0.35 else [0] * 4
        assert clustered([(0, 1, 1.0), (2, 3, 1.0), *bridge], 4) == wanted
        assert clustered([(0, 1, 1.0), *bridge[::2]], 3) == wanted[:3]


@pytest.mark.parametrize(
    ("weekdays", "groups"),
    [
        ([2, 2, 4, 4], [0, 0, 2, 2]),
        ([2, 2, 6, 4], [0, 0, 0, 0]),
        ([2, 2, 4, 0], [0, 0, 0, 0]),
        ([2, 0, 4, 4], [0, 0, 0, 0]),
    ],
    ids=["two on either side", "one names both", "one names none", "one alone"],
)
def test_groups_of_other_weekdays_are_two_stories(weekdays: list[int], groups: list[int]) -> None:
    """Two votes and two that name weekdays, and none in common, stay apart however alike; one alone proves nothing."""
    bridge = [(a, b, 0.6) for a in (0, 1) for b in (2, 3)]
    assert clustered([(0, 1, 0.8), (2, 3, 0.8), *bridge], 4, weekdays=weekdays) == groups


def test_two_votes_are_one_story_from_a_floor_on() -> None:
    """Ten hundredths make a story of two votes alone; nine are not enough for two that know nothing of each other."""
    assert clustered([(0, 1, 0.1005)], 2) == [0, 0]
    assert clustered([(0, 1, 0.0995)], 2) == [0, 1]


def test_the_floor_holds_however_loose_a_story_is() -> None:
    """Where a story holds contradictions, and so little is asked of a newcomer, it still must be alike by .08."""
    loose = [*clique(range(3), 0.5), (0, 3, 0.5), (1, 3, 0.5), (2, 3, 0.5)]
    thresholds = ClusterThresholds(base=0.0, ratio=0.0, tight_ratio=0.0)
    assert clustered([*loose, *((vote, 4, 0.081) for vote in range(4))], 5, thresholds=thresholds) == [0] * 5
    assert clustered([*loose, *((vote, 4, 0.079) for vote in range(4))], 5, thresholds=thresholds) == [
        0
    ] * 4 + [4]


def test_a_story_spans_three_weeks() -> None:
    """Twenty-one days between the first and the last are a story, a day more are two, however alike."""
    assert clustered([(0, 1, 0.9)], 2, [0.0, 21.0]) == [0, 0]
    assert clustered([(0, 1, 0.9)], 2, [0.0, 22.0]) == [0, 1]


def test_an_undated_vote_does_not_chain_two_times() -> None:
    """Two votes a year apart stay apart, however much a third without a date is like both."""
    pairs = [(0, 1, 0.6), (1, 2, 0.55)]
    assert clustered(pairs, 3, [0.0, np.nan, 400.0]) == [0, 0, 2]
    assert clustered([*pairs, (0, 2, 0.5)], 3, [0.0, np.nan, 2.0]) == [0, 0, 0]


def test_a_contradiction_keeps_a_cluster_closed() -> None:
    """One pair that speaks against it outweighs a middling likeness to the others."""
    pairs = [*clique(range(3), 0.3), (0, 3, 0.16), (1, 3, 0.16), (2, 3, -0.5)]
    assert clustered(pairs, 4) == [0, 0, 0, 3]


pairs_strategy = st.lists(
    st.tuples(
        st.integers(0, SIZE - 1), st.integers(0, SIZE - 1), st.sampled_from([-0.5, 0.05, 0.1, 0.2, 0.2, 0.4])
    ),
    max_size=24,
    unique_by=lambda pair: frozenset(pair[:2]),
).map(lambda pairs: [(min(a, b), max(a, b), v) for a, b, v in pairs if a != b])


@settings(deadline=None)
@given(pairs_strategy, st.randoms(use_true_random=False))
def test_the_order_of_the_pairs_does_not_matter(pairs: Pairs, random: object) -> None:
    """The same pairs in any order give the same clusters."""
    shuffled = pairs.copy()
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert clustered(pairs) == clustered(shuffled)


@settings(deadline=None)
@given(pairs_strategy)
def test_what_does_not_hang_together_does_not_matter(pairs: Pairs) -> None:
    """Two worlds without a pair between them cluster as each does alone."""
    both = [*pairs, *((a + SIZE, b + SIZE, likeness) for a, b, likeness in pairs)]
    alone = clustered(pairs)
    assert clustered(both, 2 * SIZE) == [*alone, *(number + SIZE for number in alone)]


def linked(pairs: Pairs, thresholds: ClusterThresholds) -> list[int]:
    """Merge the most alike pair of clusters that may merge, looking at all of them each time."""
    value = {frozenset(pair[:2]): pair[2] for pair in pairs}
    clusters = [[vote] for vote in range(SIZE)]

    def total(a: list[int], b: list[int]) -> float:
        return sum(value.get(frozenset((x, y)), 0.0) for x in a for y in b)

    def inner(a: list[int]) -> float:
        count = len(a) * (len(a) - 1) / 2 + thresholds.prior_pairs
        return (total(a, a) / 2 + thresholds.prior_pairs * thresholds.prior_likeness) / count

    def needed(a: list[int], b: list[int]) -> float:
        measured = [total(one, one) / (len(one) * (len(one) - 1)) for one in (a, b) if len(one) > 1]
        estimated = thresholds.base + thresholds.ratio * min(inner(a), inner(b))
        return max(thresholds.floor, estimated, thresholds.tight_ratio * min(measured, default=0.0))

    while True:
        found = [
            (-total(a, b) / (len(a) * len(b)), min(a[0], b[0]), max(a[0], b[0]), a, b)
            for number, a in enumerate(clusters)
            for b in clusters[:number]
        ]
        may = [row for row in found if -row[0] >= needed(row[3], row[4])]
        if not may:
            break
        *_, a, b = min(may)
        clusters = [one for one in clusters if one not in (a, b)] + [sorted(a + b)]
    return [next(one[0] for one in clusters if vote in one) for vote in range(SIZE)]


@settings(deadline=None)
@given(
    st.dictionaries(
        st.tuples(st.integers(0, SIZE - 1), st.integers(0, SIZE - 1)).filter(lambda pair: pair[0] < pair[1]),
        st.sampled_from([-0.5, 0.0625, 0.125, 0.1875, 0.25, 0.5]),
        max_size=24,
    )
)
def test_the_most_alike_are_merged_first(drawn: dict[tuple[int, int], float]) -> None:
    """The clusters are those that looking at all pairs of clusters before each merge gives."""
    thresholds = ClusterThresholds(
        base=0.03125, ratio=0.5, prior_likeness=0.125, tight_ratio=0.375, floor=0.078125
    )
    pairs = [(a, b, value) for (a, b), value in drawn.items()]
    assert clustered(pairs, thresholds=thresholds) == linked(pairs, thresholds)
