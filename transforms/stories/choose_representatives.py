"""Choose the article that speaks for each story.

Enters: the affected votes and their stories. Leaves: a vote a story.
"""

import numpy as np

from transforms.copies.kernel import kernel
from transforms.stories.compare_votes import Ints
from transforms.stories.gather_votes import Gathered

# The compiled function carries no annotations.
# ruff: noqa: ANN001, ANN202

_NEARLY = 0.9


def choose_representatives(gathered: Gathered, rows: Ints, story: Ints) -> Ints:
    """Return for each story a position in `rows`; `story` numbers them from 0.

    The representative is the fullest of those that tell nearly as much as the best does of what others tell too.
    """
    order = np.argsort(story, kind="stable")
    bounds = np.searchsorted(story[order], np.arange(int(story.max(initial=-1)) + 2))
    chosen = _choose(
        gathered.votes.starts, gathered.votes.columns, gathered.column_weights, rows[order], bounds
    )
    by_story: Ints = order[chosen]
    return by_story


@kernel
def _choose(starts, columns, weights, rows, bounds):  # type: ignore[no-untyped-def]
    stories = len(bounds) - 1
    chosen = np.empty(stories, dtype=np.int64)
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
        for position in range(first, last):
            for k in range(starts[rows[position]], starts[rows[position] + 1]):
                told[columns[k]] = 0
    return chosen
