"""Decides from the measures of a pair: a copy, and of which kind, or only alike, and in what."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from copydesk.transforms.copies.measure import Measures
from copydesk.transforms.copies.signs import (
    FORM_COUNT,
    FORM_RATIO,
    SIGNS,
    Circumstances,
    Ratios,
    containment,
    filled_in_anew,
    has_other_facts,
    is_brief,
    is_filled_form,
    is_foot,
    narration_shared,
    occasion,
    read_signs,
)


@dataclass(frozen=True, slots=True)
class Weights:
    """The weight of each sign (transforms/copies/signs.py), none below 0, and the sum that a copy needs.

    Learned from labelled pairs by `python -m benchmarks.copy_weights learn`.
    """

    share: float
    volume: float
    passage: float
    same_occasion: float
    other_outlet: float
    needed: float


@cache
def weights() -> Weights:
    """Return the weights that come along."""
    return Weights(
        **tomllib.loads(files("copydesk.transforms.copies").joinpath("weights.toml").read_text("utf-8"))
    )


RECURRING = "recurring"
CAPTIONS = "captions"
QUOTATIONS = "quotations"
BACKGROUND = "background"
LITTLE_SHARED = "little_shared"
NEAR_RATIO = 0.6
"""So much of all words of both texts is carried over in a near copy; of less, one contains the other."""
SAME_RATIO = 0.9
"""Where so much of all words is carried, a text but for a brief is the same however late it is printed."""

UPDATE_RATIO = 0.8
UPDATE_NAMES = 2
UPDATE_OTHER_NAMES = 0.1
"""For one of ten names another may stand, corrected or written as another word."""
UPDATE_WORDS = 50
"""Shorter texts of a series tell hardly more than their figure."""


@dataclass(frozen=True, slots=True)
class Verdicts:
    """Parallel to the pairs: whether a copy, its relation or the reason against it, the ratios, and the balance.

    `balance`: how much the signs weigh above what a copy needs, in log-odds; below 0 against.
    """

    is_copy: NDArray[np.bool_]
    relation_or_reason: NDArray[np.str_]
    jaccard: Ratios
    containment: Ratios
    carried: Ratios
    balance: Ratios


def judge(m: Measures, known: Circumstances, weights: Weights) -> Verdicts:
    """Return the verdict on each pair: the same words are a copy, and so are those whose signs weigh what it needs."""
    balance = _balance(m, known, weights)
    filled, foot = is_filled_form(m, known), is_foot(m)
    both = m.followed / np.maximum(m.words_short + m.words_long - m.followed, 1)
    is_same = (both >= SAME_RATIO) & ~is_brief(m) & ~has_other_facts(m, known)
    is_copy = known.is_exact | _is_update(m, known, both) | (~filled & ~foot & (is_same | (balance > 0)))
    relation = np.where(known.is_exact, "exact", np.where(both >= NEAR_RATIO, "near", "contains"))
    would_be = balance + weights.same_occasion * occasion(m, known) * filled_in_anew(m, known) > 0
    is_template = (both >= NEAR_RATIO) & (filled_in_anew(m, known) >= FORM_RATIO)
    is_again = filled | ((would_be | is_template) & ~foot)
    reason = np.where(is_again, RECURRING, _shared_instead(m, known))
    union = np.maximum(m.shingles_a + m.shingles_b - m.shared, 1)
    return Verdicts(
        is_copy=is_copy,
        relation_or_reason=np.where(is_copy, relation, reason),
        jaccard=m.shared / union,
        containment=containment(m),
        carried=narration_shared(m),
        balance=balance,
    )


def _is_update(m: Measures, known: Circumstances, both: Ratios) -> NDArray[np.bool_]:
    """Return whether the same words about the same names came on the same day with a figure raised, or corrected.

    Names may be spelt otherwise, each outlet having its own way with those of other scripts.
    An outlet that corrects itself keeps half of the figures; in the next report of a series of its own all are others.
    """
    is_same_day = (known.days_apart == 0) & (m.words_short >= UPDATE_WORDS)
    others, held = m.other_names - m.respelled, m.same_names + m.respelled
    is_named = others <= UPDATE_OTHER_NAMES * held
    is_one_matter = is_named & (m.same_names >= UPDATE_NAMES) & (m.other_figures < FORM_COUNT)
    is_of_series = known.is_one_outlet & (m.same_figures < m.other_figures)
    return np.asarray(is_same_day & is_one_matter & ~is_of_series & (both >= UPDATE_RATIO))


def _balance(m: Measures, known: Circumstances, weights: Weights) -> Ratios:
    """Sum up sign by sign: a product of matrices may round otherwise in another batch."""
    balance = np.full(len(m.shared), -weights.needed)
    for name, sign in zip(SIGNS, read_signs(m, known).T, strict=True):
        balance += getattr(weights, name) * sign
    return balance


def _shared_instead(m: Measures, known: Circumstances) -> NDArray[np.str_]:
    """Name what most of the shared words are, where they are not narration."""
    captions = (m.block_shared >= m.quoted_shared) & (m.block_shared > m.narrated_shared)
    quotations = (m.quoted_shared > m.block_shared) & (m.quoted_shared > m.narrated_shared)
    other = np.where(known.is_one_outlet, BACKGROUND, LITTLE_SHARED)
    return np.where(captions, CAPTIONS, np.where(quotations, QUOTATIONS, other))
