"""Number the distinct terms of many texts: what `numpy.unique` does with its inverse, without sorting them.

Enters: terms. Leaves: the distinct ones in order of appearance, and the number of each term.
"""

import numpy as np

from transforms.copies.kernel import kernel
from transforms.stories.segments import Ints, grown

# The compiled functions carry no annotations.
# ruff: noqa: ANN001, ANN202


def number_terms(terms: Ints) -> tuple[Ints, Ints]:
    """Return the distinct terms in order of appearance, and for each term its number among them."""
    distinct, count, numbers = _number(np.ascontiguousarray(terms))
    return distinct[:count].copy(), numbers


@kernel
def _slot(table, distinct, term):  # type: ignore[no-untyped-def]
    """Return where a term stands in the table of numbers (from 1), or the empty slot that awaits it."""
    mask = len(table) - 1
    at = np.int64((np.uint64(term) * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(20)) & mask
    while table[at] != 0 and distinct[table[at] - 1] != term:
        at = (at + 1) & mask
    return at


@kernel
def _number(terms):  # type: ignore[no-untyped-def]
    table = np.zeros(1 << 16, dtype=np.int64)
    distinct = np.empty(1 << 15, dtype=np.int64)
    numbers = np.empty(len(terms), dtype=np.int64)
    count = 0
    for i in range(len(terms)):
        at = _slot(table, distinct, terms[i])
        if table[at] == 0:
            if count == len(distinct):
                table = np.zeros(2 * len(table), dtype=np.int64)
                distinct = grown(distinct)
                for known in range(count):
                    table[_slot(table, distinct, distinct[known])] = known + 1
                at = _slot(table, distinct, terms[i])
            distinct[count] = terms[i]
            count += 1
            table[at] = count
        numbers[i] = table[at] - 1
    return distinct, count, numbers
