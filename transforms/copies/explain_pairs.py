"""Explains in words why a pair is a copy or not, and lists the numbers that two texts share."""

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from copydesk.transforms.copies.judge import Verdicts
from copydesk.transforms.copies.measure import Measures

NUMBERS_LISTED = 20
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


@dataclass(frozen=True, slots=True)
class Evidence:
    """Parallel to the pairs; for copies, the numbers of the shorter text that the other has, and those it has not."""

    sentences: list[str]
    shared_numbers: list[list[str]]
    differing_numbers: list[list[str]]


def explain_pairs(
    m: Measures, verdicts: Verdicts, ends: NDArray[np.int64], bodies: list[str | None]
) -> Evidence:
    """Return the evidence of each pair, and for copies the numbers of the shorter text, sorted by place."""

    @cache
    def numbers(text: int) -> list[str]:
        return _NUMBER.findall(bodies[text] or "")

    ratios = np.stack([verdicts.jaccard, verdicts.containment, verdicts.carried, verdicts.balance], axis=1)
    counts = np.stack([m.words_short, m.longest_run, m.same_figures, m.other_figures], axis=1)
    words = verdicts.relation_or_reason.tolist()
    compared = [
        _compare(numbers(a), numbers(b), is_exact=word == "exact") if is_copy else ([], [])
        for is_copy, word, (a, b) in zip(verdicts.is_copy.tolist(), words, ends.tolist(), strict=True)
    ]
    return Evidence(
        [_sentence(*row) for row in zip(words, ratios.tolist(), counts.tolist(), strict=True)],
        *([list(dict.fromkeys(found[side]))[:NUMBERS_LISTED] for found in compared] for side in (0, 1)),
    )


def _compare(one: list[str], other: list[str], *, is_exact: bool) -> tuple[list[str], list[str]]:
    """Return the numbers of the shorter text that the other has too, and those it has not."""
    if is_exact:
        return one, []
    shorter, longer = sorted((one, other), key=lambda numbers: (len(numbers), numbers))
    left = Counter(longer)
    both: list[str] = []
    only: list[str] = []
    for number in shorter:
        (both if left[number] > 0 else only).append(number)
        left[number] -= 1
    return both, only


def _sentence(word: str, ratios: list[float], counts: list[int]) -> str:
    jaccard, containment, carried, balance = ratios
    size, run, same, other = counts
    if word == "exact":
        return f"the same {size} words"
    facts = (
        f"{containment:.0%} of the shorter text's {size} words shared in order, {carried:.0%} of its narration; "
        f"longest passage {run} words; of both texts {jaccard:.0%}"
    )
    if same + other:
        facts += f"; {other} of {same + other} figures differ in the same place"
    return f"{facts}; balance {balance:+.1f}"
