"""Decides from the measures of a pair: a copy, and of which kind, or only alike, and in what.

Thresholds were set on labelled pairs of newspapers and on planted copies (docs/benchmarks/duplicates.md).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from transforms.copies.measure import Measures

RECURRING = "recurring"
CAPTIONS = "captions"
QUOTATIONS = "quotations"
BACKGROUND = "background"
LITTLE_SHARED = "little_shared"


@dataclass(frozen=True, slots=True)
class Rule:
    """What makes a copy. Any of these does, unless the pair is a form filled in anew or shares too little.

    `narration_ratio`: of the narration (outside quotations, captions, lists) of the shorter text, so many
    shingles stand in the other's narration. `same_text_ratio`: Jaccard of all shingles, above which one need
    not ask. `edited_ratio`: share of words carried when small edits are bridged. `run_ratio`: one unbroken
    passage, of the shorter text, where some narration is carried too (not a quotation alone).
    `passage_words`: one passage so long, whatever its share, under the same condition. `own_...`: an outlet
    reuses its own background paragraphs and galleries, so within it a passage alone must be half of the text,
    and after `own_days` only the whole text counts.
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
    own_containment_ratio: float = 0.5
    own_days: int = 14
    own_late_ratio: float = 0.6
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
    relation_or_reason: NDArray[np.str_]
    jaccard: NDArray[np.float64]
    containment: NDArray[np.float64]
    carried: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What is known of the pairs besides their words, parallel to them.

    `is_exact`: the words are equal. `is_series`: the titles are equal but for their numbers.
    `is_one_outlet`: both are known to be of the same outlet. `days_apart`: 0 where a date is unknown.
    """

    is_exact: NDArray[np.bool_]
    is_series: NDArray[np.bool_]
    is_one_outlet: NDArray[np.bool_]
    days_apart: NDArray[np.int64]


def judge(m: Measures, known: Circumstances, rule: Rule = Rule()) -> Verdicts:
    """Return the verdict on each pair."""
    smaller = np.maximum(np.minimum(m.shingles_a, m.shingles_b), 1)
    union = np.maximum(m.shingles_a + m.shingles_b - m.shared, 1)
    narration = np.minimum(m.narrated_a, m.narrated_b)
    jaccard, containment = m.shared / union, m.shared / smaller
    carried = np.where(narration > 0, m.narrated_shared / np.maximum(narration, 1), containment)
    both = m.followed / np.maximum(m.words_short + m.words_long - m.followed, 1)
    recurring = ~known.is_exact & (known.is_series | _filled_in_anew(m, rule))
    passage = _one_passage(m, carried, rule) & (
        ~known.is_one_outlet | (containment >= rule.own_containment_ratio)
    )
    carries = (
        (jaccard >= rule.same_text_ratio)
        | ((carried >= rule.narration_ratio) & (narration >= rule.narration_shingles))
        | ((carried >= rule.brief_narration_ratio) & (narration >= rule.brief_narration_shingles))
        | _edited(m, rule)
        | passage
    ) & (containment >= rule.least_containment_ratio)
    reused = known.is_one_outlet & (known.days_apart > rule.own_days) & (both < rule.own_late_ratio)
    is_copy = known.is_exact | (carries & ~recurring & ~reused)
    relation = np.where(known.is_exact, "exact", np.where(both >= rule.near_ratio, "near", "contains"))
    reason = np.where(recurring, RECURRING, _shared_instead(m, carries | known.is_one_outlet))
    return Verdicts(is_copy, np.where(is_copy, relation, reason), jaccard, containment, carried)


def _filled_in_anew(m: Measures, rule: Rule) -> NDArray[np.bool_]:
    """Where the same words stand around other figures or names: a report of another week, another company."""
    figures = np.maximum(m.same_figures + m.other_figures, 1)
    names = np.maximum(m.same_names + m.other_names, 1)
    return np.asarray(
        ((m.other_figures >= rule.other_figures) & (m.other_figures >= rule.other_figures_ratio * figures))
        | ((m.words_short < rule.brief_words) & (m.other_figures >= np.maximum(0.5 * figures, 1)))
        | ((m.other_names >= rule.other_names) & (m.other_names >= rule.other_names_ratio * names))
    )


def _edited(m: Measures, rule: Rule) -> NDArray[np.bool_]:
    narrated = np.maximum(m.narrated_words, 1)
    return np.asarray(
        (m.followed >= rule.edited_ratio * np.maximum(m.words_short, 1))
        & (m.narrated_followed >= rule.edited_narration_ratio * narrated)
        & (m.narrated_words >= rule.narration_shingles)
    )


def _one_passage(m: Measures, carried: NDArray[np.float64], rule: Rule) -> NDArray[np.bool_]:
    """Where one unbroken passage is long or most of the text, and is not a quotation alone."""
    run = m.longest_run
    most = (run >= rule.run_ratio * m.words_short) & (run >= rule.run_words)
    return np.asarray(
        (most & (carried >= rule.run_narration_ratio))
        | ((run >= rule.passage_words) & (carried >= rule.passage_narration_ratio))
    )


def _shared_instead(m: Measures, is_own: NDArray[np.bool_]) -> NDArray[np.str_]:
    """Name what most of the shared words are, where they are not narration."""
    captions = (m.block_shared >= m.quoted_shared) & (m.block_shared > m.narrated_shared)
    quotations = (m.quoted_shared > m.block_shared) & (m.quoted_shared > m.narrated_shared)
    other = np.where(is_own, BACKGROUND, LITTLE_SHARED)
    return np.where(captions, CAPTIONS, np.where(quotations, QUOTATIONS, other))
