"""Reads from the measures of a pair the signs that tell a copy from a look-alike, each from 0 to 1, more for a copy.

Enters: measures and circumstances of pairs. Leaves: a column a sign, in the order of SIGNS.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from copydesk.transforms.copies.measure import Measures

SIGNS = ("share", "volume", "passage", "same_occasion", "other_outlet")
ENOUGH_SHARE = 0.45
"""What a text carries beyond that tells little more: a later version may have a new second half."""
ENOUGH_WORDS = 300
BRIEF_WORDS = 100
"""Below it the figures are what is told, above it the names as well: briefs of a series name the same parties."""
SOLO_WORDS = 0.5
"""So much of a word is a syllable or a sign of a script that parts no words."""
FORM_COUNT = 3
FORM_RATIO = 0.3
OTHER_NAMES = 0.25
"""A brief with so many other names between the same words is of another party or place."""
FOOT_LEAD = 10
FOOT_NAMES = 2
FAR_DAYS = 30
UNDATED_NEARNESS = 0.7

Ratios = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What is known of the pairs besides their words, parallel to them.

    `is_exact`: the words are equal. `is_one_title`: the titles are equal, `is_series`: but for their numbers.
    `is_one_outlet`: both are known to be of the same outlet. `days_apart`: -1 where a date is unknown.
    """

    is_exact: NDArray[np.bool_]
    is_one_title: NDArray[np.bool_]
    is_series: NDArray[np.bool_]
    is_one_outlet: NDArray[np.bool_]
    days_apart: NDArray[np.int64]


def read_signs(m: Measures, known: Circumstances) -> Ratios:
    """Return the signs of each pair.

    `share`: the least of three shares of the shorter text, up to ENOUGH_SHARE: its shingles in the other text, those
    of its narration (outside quotations, captions, lists) in the other's, its narrated words carried with edits
    bridged. `volume`: narration carried, its share times the logarithm of its words. `passage`: the longest
    unbroken one, as far as there is share, which no quotation has. `same_occasion`: how near in time, less what
    was filled in anew, and of a brief's figures, or an article's figures and names, how many the other has.
    """
    followed = m.narrated_followed / np.maximum(m.narrated_words, 1)
    share = np.minimum(np.minimum(containment(m), narration_shared(m)), followed)
    size = word_size(m)
    words = np.minimum(np.log1p(m.narrated_followed * size) / np.log(ENOUGH_WORDS), 1)
    columns = (
        np.minimum(share / ENOUGH_SHARE, 1),
        followed * words,
        np.minimum(m.longest_run * size / ENOUGH_WORDS, 1) * np.minimum(share / ENOUGH_SHARE, 1),
        occasion(m, known) * (1 - filled_in_anew(m, known)),
        ~known.is_one_outlet,
    )
    return np.stack([np.asarray(column, np.float64) for column in columns], axis=1)


def word_size(m: Measures) -> Ratios:
    """Return how much of a word each of the shorter text is, so that all scripts are as long as what they tell."""
    return np.asarray(1 - (1 - SOLO_WORDS) * m.solo_words / np.maximum(m.words_short, 1))


def is_brief(m: Measures) -> NDArray[np.bool_]:
    """Return whether the shorter text has under BRIEF_WORDS words."""
    return np.asarray(m.words_short * word_size(m) < BRIEF_WORDS)


def containment(m: Measures) -> Ratios:
    """Return the share of the shorter text's shingles that the other text has."""
    return np.asarray(m.shared / np.maximum(np.minimum(m.shingles_a, m.shingles_b), 1))


def narration_shared(m: Measures) -> Ratios:
    """Return the share of the shorter narration's shingles that are narration of the other text, too."""
    narration = np.minimum(m.narrated_a, m.narrated_b)
    return np.where(narration > 0, m.narrated_shared / np.maximum(narration, 1), containment(m))


def filled_in_anew(m: Measures, known: Circumstances) -> Ratios:
    """Return how much of the figures, or names, between the same words differs; all of it in a series of titles."""
    return np.maximum(np.maximum(_share(m.other_figures, m.same_figures), _other_names(m)), known.is_series)


def is_filled_form(m: Measures, known: Circumstances) -> NDArray[np.bool_]:
    """Return whether the pair is one form filled in twice, that no sign makes a copy: a series, or other facts.

    On two days, or under one title without days, other figures or other names are enough: of 56 labelled pairs with
    three of them a day apart or more none is a copy. Elsewhere both count together, as rewriters change some of them.
    In a brief a quarter of the names are enough: of 26 labelled pairs none is a copy.
    """
    is_again = (known.days_apart > 0) | ((known.days_apart < 0) & known.is_one_title)
    same = m.same_figures + m.same_names
    together = _others(m) >= np.maximum(FORM_COUNT, FORM_RATIO * (same + _others(m)))
    is_of_others = is_brief(m) & (m.other_names > 0) & (_other_names(m) >= OTHER_NAMES)
    return np.asarray(known.is_series | (is_again & has_other_facts(m, known)) | together | is_of_others)


def is_foot(m: Measures) -> NDArray[np.bool_]:
    """Return whether a pair shares lines alone that speak of nobody whom the rest speaks of: an agency's, a house's.

    Each text leads in with words of its own, and no name of what is shared stands in the rest of either. Of 52 labelled
    pairs that share so little behind such leads 9 are so, none of them a copy, and none of the 9 copies is.
    """
    is_led = (m.lead_words >= FOOT_LEAD) & (m.followed < BRIEF_WORDS)
    return np.asarray(is_led & (m.shared_names >= FOOT_NAMES) & (m.told_again == 0))


def has_other_facts(m: Measures, known: Circumstances) -> NDArray[np.bool_]:
    """Return whether three figures or names stand for others between the same words, much of all figures or names."""
    return np.asarray((_others(m) >= FORM_COUNT) & (filled_in_anew(m, known) >= FORM_RATIO))


def _others(m: Measures) -> NDArray[np.int64]:
    return m.other_figures + m.other_names


def occasion(m: Measures, known: Circumstances) -> Ratios:
    """Return how near in time a pair is, times the share of its figures, or figures and names, that both have.

    The same day is 1, falling with the logarithm to 0 at FAR_DAYS; a pair without dates counts as two days apart,
    which is no agreement. A text without either holds half.
    """
    days = np.maximum(known.days_apart, 0)
    near = 1 - np.minimum(np.log1p(days) / np.log1p(FAR_DAYS), 1)
    names = np.where(is_brief(m), 0, m.names)
    names_held = np.where(is_brief(m), 0, m.names_held)
    held = (m.figures_held + names_held + 0.5) / (m.figures + names + 1)
    return np.where(known.days_apart < 0, UNDATED_NEARNESS, near) * held


def _other_names(m: Measures) -> Ratios:
    return _share(m.other_names, m.same_names)


def _share(other: NDArray[np.int64], same: NDArray[np.int64]) -> Ratios:
    return np.asarray(other / np.maximum(same + other, 1))
