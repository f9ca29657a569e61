"""Choose the article that speaks for each story.

Enters: the affected votes and their stories. Leaves: a vote a story.
"""

import numpy as np

from copydesk.transforms.stories.gather_votes import Gathered
from copydesk.transforms.stories.votes import Floats, Ints
from copydesk.transforms.text.number_values import number_values
from copydesk.transforms.text.portions import portions
from copydesk.transforms.text.segments import spread

_NEARLY = 0.9
_TERMS = 1 << 18
"""So many terms of stories are counted at a time."""


def choose_representatives(gathered: Gathered, rows: Ints, story: Ints) -> Ints:
    """Return for each story a position in `rows`; `story` numbers them from 0.

    The representative is the fullest of those that tell nearly as much as the best does of what others tell too.
    """
    lengths = gathered.votes.sizes[rows]
    covered = np.zeros(len(rows))
    shared = np.flatnonzero(np.bincount(story)[story] > 1)
    covered[shared] = _covered(gathered, rows[shared], story[shared])
    best = np.zeros(int(story.max(initial=-1)) + 1)
    np.maximum.at(best, story, covered)
    is_near = covered >= _NEARLY * best[story]
    order = np.lexsort((-lengths, ~is_near, story))
    first = np.flatnonzero(np.diff(story[order], prepend=-1))
    chosen: Ints = order[first]
    return chosen


def _covered(gathered: Gathered, rows: Ints, story: Ints) -> Floats:
    """Sum for each vote the weight of its terms, times how many others of its story tell them too."""
    sums = np.zeros(len(rows))
    by_story = np.argsort(story, kind="stable")
    counts = np.bincount(story)
    bounds = np.append(0, np.cumsum(counts[counts > 0]))
    for terms in (gathered.votes.rare, gathered.votes.common):
        sizes = np.diff(terms.starts)[rows[by_story]]
        for stories in portions(np.add.reduceat(sizes, bounds[:-1]), _TERMS):
            votes = by_story[bounds[stories.start] : bounds[stories.stop]]
            places, vote = spread(terms.starts[rows[votes]], np.diff(terms.starts)[rows[votes]])
            columns = terms.columns[places]
            _, numbers = number_values(story[votes][vote] * len(terms.weights) + columns)
            told = np.bincount(numbers)[numbers]
            sums[votes] += np.bincount(vote, terms.weights[columns] * (told - 1), minlength=len(votes))
    return sums
