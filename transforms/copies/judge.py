"""Decides from the measures of a pair: a copy, and of which kind, or only alike, and in what.

Thresholds were set on labelled pairs of newspapers and on planted copies (docs/benchmarks/duplicates.md).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from transforms.copies.measure import MEASURES

RECURRING = "recurring"
CAPTIONS = "captions"
QUOTATIONS = "quotations"
LITTLE_SHARED = "little_shared"


@dataclass(frozen=True, slots=True)
class Rule:
    """What makes a copy. Any of these does, unless the pair is a form filled in anew or shares too little.

    `narration_ratio`: of the narration (outside quotations, captions, lists) of the shorter text, so many
    shingles stand in the other's narration. `same_text_ratio`: Jaccard of all shingles, above which one need
    not ask. `edited_ratio`: share of words carried when small edits are bridged. `run_ratio`: one unbroken
    passage, of the shorter text, where some narration is carried too (not a quotation alone).
    `passage_words`: one passage so long, whatever its share, under the same condition.
    """

    narration_ratio: float = 0.585
    narration_shingles: int = 30
    brief_narration_ratio: float = 0.75
    brief_narration_shingles: int = 8
    same_text_ratio: float = 0.75
    edited_ratio: float = 0.8
    edited_narration_ratio: float = 0.6
    run_ratio: float = 0.34
    run_words: int = 60
    run_narration_ratio: float = 0.35
    passage_words: int = 150
    passage_narration_ratio: float = 0.25
    least_containment_ratio: float = 0.38
    near_ratio: float = 0.6
    other_figures: int = 2
    other_figures_ratio: float = 0.4
    brief_words: int = 100
    other_names: int = 3
    other_names_ratio: float = 0.5


@dataclass(frozen=True, slots=True)
class Verdicts:
    """Parallel to the pairs: whether a copy, its relation or the reason against it, and the ratios."""

    is_copy: NDArray[np.bool_]
    word: NDArray[np.str_]
    jaccard: NDArray[np.float64]
    containment: NDArray[np.float64]
    carried: NDArray[np.float64]


def judge(
    measures: NDArray[np.int32],
    *,
    is_exact: NDArray[np.bool_],
    is_series: NDArray[np.bool_],
    rule: Rule = Rule(),  # noqa: B008 frozen
) -> Verdicts:
    """Return the verdict on each row of MEASURES.

    `is_exact`: the words are equal. `is_series`: the titles are equal but for their numbers.
    """
    m = {name: measures[:, place].astype(np.float64) for place, name in enumerate(MEASURES)}
    smaller = np.maximum(np.minimum(m["shingles_a"], m["shingles_b"]), 1)
    union = np.maximum(m["shingles_a"] + m["shingles_b"] - m["shared"], 1)
    narration = np.minimum(m["narrated_a"], m["narrated_b"])
    jaccard, containment = m["shared"] / union, m["shared"] / smaller
    carried = np.where(narration > 0, m["narrated_shared"] / np.maximum(narration, 1), containment)
    recurring = ~is_exact & (is_series | _filled_in_anew(m, rule))
    alike = (
        (jaccard >= rule.same_text_ratio)
        | ((carried >= rule.narration_ratio) & (narration >= rule.narration_shingles))
        | ((carried >= rule.brief_narration_ratio) & (narration >= rule.brief_narration_shingles))
        | _edited(m, rule)
        | (_one_passage(m, rule) & (carried >= rule.run_narration_ratio))
        | ((m["longest_run"] >= rule.passage_words) & (carried >= rule.passage_narration_ratio))
    ) & (containment >= rule.least_containment_ratio)
    is_copy = is_exact | (alike & ~recurring)
    near = (
        m["followed"] / np.maximum(m["words_short"] + m["words_long"] - m["followed"], 1) >= rule.near_ratio
    )
    relation = np.where(is_exact, "exact", np.where(near, "near", "contains"))
    reason = np.where(recurring, RECURRING, _shared_instead(m))
    return Verdicts(is_copy, np.where(is_copy, relation, reason), jaccard, containment, carried)


def _filled_in_anew(m: dict[str, NDArray[np.float64]], rule: Rule) -> NDArray[np.bool_]:
    """Where the same words stand around other figures or names: a report of another week, another company."""
    figures = np.maximum(m["same_figures"] + m["other_figures"], 1)
    names = np.maximum(m["same_names"] + m["other_names"], 1)
    return np.asarray(
        (
            (m["other_figures"] >= rule.other_figures)
            & (m["other_figures"] >= rule.other_figures_ratio * figures)
        )
        | ((m["words_short"] < rule.brief_words) & (m["other_figures"] >= np.maximum(0.5 * figures, 1)))
        | ((m["other_names"] >= rule.other_names) & (m["other_names"] >= rule.other_names_ratio * names))
    )


def _edited(m: dict[str, NDArray[np.float64]], rule: Rule) -> NDArray[np.bool_]:
    narrated = np.maximum(m["narrated_words"], 1)
    return np.asarray(
        (m["followed"] >= rule.edited_ratio * np.maximum(m["words_short"], 1))
        & (m["narrated_followed"] >= rule.edited_narration_ratio * narrated)
        & (m["narrated_words"] >= rule.narration_shingles)
    )


def _one_passage(m: dict[str, NDArray[np.float64]], rule: Rule) -> NDArray[np.bool_]:
    return np.asarray(
        (m["longest_run"] >= rule.run_ratio * m["words_short"]) & (m["longest_run"] >= rule.run_words)
    )


def _shared_instead(m: dict[str, NDArray[np.float64]]) -> NDArray[np.str_]:
    """Name what most of the shared words are, where they are not narration."""
    captions = (m["block_shared"] >= m["quoted_shared"]) & (m["block_shared"] > m["narrated_shared"])
    quotations = (m["quoted_shared"] > m["block_shared"]) & (m["quoted_shared"] > m["narrated_shared"])
    return np.where(captions, CAPTIONS, np.where(quotations, QUOTATIONS, LITTLE_SHARED))
