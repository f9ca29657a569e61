"""Choose the article that speaks for each story, and the terms that it is found by.

Enters: the affected votes and their stories. Leaves: a vote and key terms a story.
"""

import numpy as np

from transforms.stories.compare_votes import Ints
from transforms.stories.gather_votes import Gathered

KEY_TERMS = 12
_NEARLY = 0.9


def choose_representatives(gathered: Gathered, rows: Ints, story: Ints) -> tuple[Ints, list[tuple[int, ...]]]:
    """Return for each story a position in `rows`, and its key terms, the heaviest first.

    The representative is the fullest of those that tell nearly as much as the best does of what others tell too.
    The key terms are its own, weighed by how many votes tell them. `story` numbers from 0.
    """
    starts = gathered.votes.starts
    lengths = starts[rows + 1] - starts[rows]
    begin = np.concatenate([[0], np.cumsum(lengths)])
    vote = np.repeat(np.arange(len(rows)), lengths)
    column = gathered.votes.columns[np.arange(begin[-1]) + np.repeat(starts[rows] - begin[:-1], lengths)]
    width = len(gathered.column_terms) + 1
    _, told, times = np.unique(story[vote] * width + column, return_inverse=True, return_counts=True)
    weight = gathered.column_weights[column]
    covered = np.bincount(vote, weights=weight * (times[told] - 1), minlength=len(rows))
    best = np.zeros(int(story.max(initial=-1)) + 1)
    np.maximum.at(best, story, covered)
    order = np.lexsort((np.arange(len(rows)), -lengths, covered < _NEARLY * best[story], story))
    _, first = np.unique(story[order], return_index=True)
    chosen = order[first]
    keys = []
    for position in chosen:
        own = slice(begin[position], begin[position + 1])
        heaviest = np.lexsort((column[own], -weight[own] * times[told[own]]))[:KEY_TERMS]
        keys.append(tuple(int(term) for term in gathered.column_terms[column[own][heaviest]]))
    return chosen, keys
