"""Find all votes whose story new votes can change: everything that hangs together with them by likeness.

Enters: the votes and which of them are new. Leaves: the affected votes and the pairs among them.
"""

from dataclasses import dataclass

import numpy as np

from copydesk.transforms.stories.compare_votes import CompareThresholds, compare_votes
from copydesk.transforms.stories.votes import Floats32, Ints, Ints32, Votes


@dataclass(frozen=True, slots=True)
class Affected:
    """`rows` are sorted votes; pairs stand once, left before right, by their places among these."""

    rows: Ints
    left: Ints32
    right: Ints32
    likeness: Floats32


def find_affected(
    votes: Votes,
    seeds: Ints,
    story_of_vote: Ints,
    floor: float,
    most_votes: int,
    thresholds: CompareThresholds,
) -> Affected:
    """Return the closure of the seeds (at least one) over pairs of at least `floor` and over common stories.

    No pair below `floor` can merge, so votes outside are as they were. The closure stops growing at about `most_votes`
    beyond the seeds, the most alike first: this bounds the time of a run where a window is dense, and only there can a
    story come to hang on arrival order. Stories are always whole. `story_of_vote` is -1 where there is none.
    """
    reached = np.zeros(len(votes.low), dtype=bool)
    found: list[tuple[Ints32, Ints32, Floats32]] = []
    by_story = np.argsort(story_of_vote, kind="stable")
    sorted_stories = story_of_vote[by_story]
    left_over = most_votes
    frontier = _with_mates(np.unique(seeds), story_of_vote, by_story, sorted_stories)
    while len(frontier):
        reached[frontier] = True
        left, right, likeness = compare_votes(votes, frontier, thresholds)
        # The other way round it is found again from the other vote, if that is reached.
        once = left < right
        found.append((left[once], right[once], likeness[once]))
        is_new = (likeness >= floor) & ~reached[right]
        near = _most_alike(right[is_new], likeness[is_new], left_over)
        frontier = _with_mates(near, story_of_vote, by_story, sorted_stories)
        frontier = frontier[~reached[frontier]]
        left_over = max(0, left_over - len(frontier))
    place = (np.cumsum(reached) - 1).astype(np.int32)
    within = [reached[right] for _, right, _ in found]
    pairs = [
        (place[a[kept]], place[b[kept]], value[kept])
        for (a, b, value), kept in zip(found, within, strict=True)
    ]
    found.clear()
    return Affected(np.flatnonzero(reached), *(np.concatenate(parts) for parts in zip(*pairs, strict=True)))


def _most_alike(votes: Ints32, likeness: Floats32, count: int) -> Ints32:
    """Return the distinct votes, or where they are more than `count` the most alike of them."""
    order = np.lexsort((votes, -likeness))
    distinct, first = np.unique(votes[order], return_index=True)
    kept: Ints32 = distinct[np.argsort(first)][:count]
    return np.sort(kept)


def _with_mates(votes: Ints | Ints32, story_of_vote: Ints, by_story: Ints, sorted_stories: Ints) -> Ints:
    """Return the votes and all others of their stories."""
    stories = np.unique(story_of_vote[votes])
    stories = stories[stories >= 0]
    first = np.searchsorted(sorted_stories, stories)
    last = np.searchsorted(sorted_stories, stories, side="right")
    return np.unique(np.concatenate([votes, *(by_story[a:b] for a, b in zip(first, last, strict=True))]))
