"""Choose the article that speaks for each story, and the terms that it is found by.

Enters: the affected votes and their stories. Leaves: a vote and key terms a story.
"""

import numpy as np

from transforms.copies.kernel import kernel
from transforms.stories.compare_votes import Ints
from transforms.stories.gather_votes import Gathered

# The compiled function carries no annotations.
# ruff: noqa: ANN001, ANN202

KEY_TERMS = 12
_NEARLY = 0.9


def choose_representatives(gathered: Gathered, rows: Ints, story: Ints) -> tuple[Ints, list[tuple[int, ...]]]:
    """Return for each story a position in `rows`, and its key terms, the heaviest first.

    The representative is the fullest of those that tell nearly as much as the best does of what others tell too.
    The key terms are its own, weighed by how many votes tell them. `story` numbers from 0.
    """
    votes, weights = gathered.votes, gathered.column_weights
    order = np.argsort(story, kind="stable")
    bounds = np.searchsorted(story[order], np.arange(int(story.max(initial=-1)) + 2))
    chosen, columns = _choose(votes.starts, votes.columns, weights, rows[order], bounds)
    keys = [tuple(int(gathered.column_terms[column]) for column in own if column >= 0) for own in columns]
    return order[chosen], keys


@kernel
def _choose(starts, columns, weights, rows, bounds):  # type: ignore[no-untyped-def]
    stories = len(bounds) - 1
    chosen = np.empty(stories, dtype=np.int64)
    keys = np.full((stories, KEY_TERMS), -1, dtype=np.int64)
    told = np.zeros(len(weights), dtype=np.int64)
    for story in range(stories):
        first, last = bounds[story], bounds[story + 1]
        for position in range(first, last):
            for k in range(starts[rows[position]], starts[rows[position] + 1]):
                told[columns[k]] += 1
        covered = np.zeros(last - first)
        for position in range(first, last):
            for k in range(starts[rows[position]], starts[rows[position] + 1]):
                covered[position - first] += weights[columns[k]] * (told[columns[k]] - 1)
        fullest = -1
        for position in range(first, last):
            length = starts[rows[position] + 1] - starts[rows[position]]
            if covered[position - first] >= _NEARLY * covered.max() and length > fullest:
                fullest, chosen[story] = length, position
        row = rows[chosen[story]]
        own = columns[starts[row] : starts[row + 1]]
        heaviness = -(weights[own] * told[own])
        best = np.argsort(heaviness, kind="mergesort")[:KEY_TERMS]
        keys[story, : len(best)] = own[best]
        for position in range(first, last):
            for k in range(starts[rows[position]], starts[rows[position] + 1]):
                told[columns[k]] = 0
    return chosen, keys
