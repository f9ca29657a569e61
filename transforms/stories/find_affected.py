"""Find all votes whose story new votes can change: everything that hangs together with them by likeness.

Enters: the votes and which of them are new. Leaves: the affected votes and the pairs among them.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from transforms.stories.compare_votes import CompareParams, Ints, Votes, compare_votes


@dataclass(frozen=True, slots=True)
class Affected:
    """`rows` are sorted votes; pairs stand once, left before right, as votes."""

    rows: Ints
    left: Ints
    right: Ints
    likeness: npt.NDArray[np.float32]


def find_affected(
    votes: Votes, seeds: Ints, story_of_vote: Ints, floor: float, params: CompareParams
) -> Affected:
    """Return the closure of the seeds (at least one) over pairs of at least `floor` and over common stories.

    No pair below `floor` can merge, so votes outside are as they were. `story_of_vote` is -1 where there is none.
    """
    reached = np.zeros(len(votes.low), dtype=bool)
    frontier = np.unique(seeds)
    found: list[tuple[Ints, Ints, npt.NDArray[np.float32]]] = []
    by_story = np.argsort(story_of_vote, kind="stable")
    sorted_stories = story_of_vote[by_story]
    while len(frontier):
        reached[frontier] = True
        left, right, likeness = compare_votes(votes, frontier, params)
        found.append((left, right, likeness))
        near = right[likeness >= floor]
        stories = np.unique(story_of_vote[np.concatenate([frontier, near])])
        stories = stories[stories >= 0]
        first = np.searchsorted(sorted_stories, stories)
        last = np.searchsorted(sorted_stories, stories, side="right")
        mates = [by_story[a:b] for a, b in zip(first, last, strict=True)]
        frontier = np.unique(np.concatenate([near, *mates]))
        frontier = frontier[~reached[frontier]]
    left = np.concatenate([part[0] for part in found])
    right = np.concatenate([part[1] for part in found])
    likeness = np.concatenate([part[2] for part in found])
    once = (left < right) & reached[right]
    return Affected(np.flatnonzero(reached), left[once], right[once], likeness[once])
