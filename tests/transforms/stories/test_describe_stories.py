"""Who speaks for a story, and what a member shares with its mate."""

from collections import Counter

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from copydesk.transforms.stories.describe_stories import choose_representatives
from copydesk.transforms.stories.explain_members import count_by_kind
from copydesk.transforms.stories.gather_votes import Gathered
from copydesk.transforms.stories.votes import NumberLists, QuotedRuns, SparseRows, Titles, Votes

WEIGHTS = np.array([1.0, 2.0, 0.5, 4.0, 0.25])
KINDS = np.array([0, 1, 2, 0, 1])
TERMS = st.lists(st.sets(st.integers(0, len(WEIGHTS) - 1), max_size=5), min_size=1, max_size=7)


def gathered(terms: list[set[int]]) -> Gathered:
    """Return votes with some terms, the first two of which are common."""

    def rows(first: int, last: int) -> SparseRows:
        held = [[column - first for column in sorted(row) if first <= column < last] for row in terms]
        columns = np.array([column for row in held for column in row], np.int32)
        ones = np.ones(len(columns), np.float32)
        return SparseRows(
            np.cumsum([0, *map(len, held)]), columns, ones, KINDS[first:last], WEIGHTS[first:last]
        )

    nothing = np.zeros(len(terms))
    none = np.zeros(0, np.int64)
    lists = NumberLists(none, np.zeros(len(terms) + 1, np.int64))
    quotes = QuotedRuns.of(none, none, rows=len(terms), width=1)
    whole = nothing.astype(np.int64)
    sizes = np.array([len(row) for row in terms])
    titles = Titles(whole, whole, nothing, whole, 0)
    votes = Votes(
        *(sizes, rows(2, len(WEIGHTS)), rows(0, 2), titles, quotes, whole),
        *(nothing, nothing, nothing, whole, lists, lists, whole, len(terms)),
    )
    return Gathered(votes, whole, whole)


@given(TERMS, st.data())
def test_the_fullest_of_the_best_speaks(terms: list[set[int]], data: st.DataObject) -> None:
    """Of those that tell nine tenths of what the best tells of what others tell too, the one with most terms, the first."""
    drawn = data.draw(st.lists(st.integers(0, 2), min_size=len(terms), max_size=len(terms)))
    story = np.unique(drawn, return_inverse=True)[1]
    chosen = choose_representatives(gathered(terms), np.arange(len(terms)), story)
    for number, speaker in enumerate(chosen.tolist()):
        members = np.flatnonzero(story == number).tolist()
        told = Counter(column for member in members for column in terms[member])
        covered = {one: sum(WEIGHTS[c] * (told[c] - 1) for c in sorted(terms[one])) for one in members}
        near = [one for one in members if covered[one] >= 0.9 * max(covered.values())]
        assert speaker == max(near, key=lambda one: (len(terms[one]), -one))


@given(TERMS, st.data())
def test_what_is_shared_is_counted_by_kind(terms: list[set[int]], data: st.DataObject) -> None:
    """Each pair's count is its own, whatever pair was counted before."""
    one_vote = st.integers(0, len(terms) - 1)
    pairs = data.draw(st.lists(st.tuples(one_vote, one_vote), max_size=6))
    own, mates = (np.array([pair[side] for pair in pairs], np.int64) for side in (0, 1))
    wanted = [[sum(KINDS[c] == kind for c in terms[a] & terms[b]) for kind in range(3)] for a, b in pairs]
    assert count_by_kind(gathered(terms).votes, own, mates).tolist() == wanted
