"""Verdicts on measures: what a little more makes of a pair, and what never makes less of it."""

from dataclasses import fields

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.transforms.copies.judge import Verdicts, judge, weights
from copydesk.transforms.copies.measure import Measures
from copydesk.transforms.copies.signs import SIGNS, Circumstances

TEXTS_OF_200_WORDS = (
    dict.fromkeys((field.name for field in fields(Measures)), 0)
    | dict.fromkeys(("shingles_a", "shingles_b", "narrated_a", "narrated_b"), 200)
    | dict.fromkeys(("words_short", "words_long", "narrated_words"), 200)
    | dict.fromkeys(("figures", "figures_held", "names", "names_held"), 20)
)


def carried(words: int, **others: int) -> dict[str, int]:
    """Measures of two texts of 200 words, of which so many are carried over, half of them in one passage."""
    shared = ("shared", "narrated_shared", "followed", "narrated_followed")
    return TEXTS_OF_200_WORDS | dict.fromkeys(shared, words) | {"longest_run": words // 2} | others


def judged(measures: dict[str, int], *, is_one_outlet: bool = False, days: int = 0) -> Verdicts:
    told = {name: np.array([count]) for name, count in measures.items()}
    flag = np.array([False])
    known = Circumstances(flag, flag, flag, np.array([is_one_outlet]), np.array([days]))
    return judge(Measures(**told), known, weights())


def verdict(measures: dict[str, int], *, is_one_outlet: bool = False, days: int = 0) -> str:
    return str(judged(measures, is_one_outlet=is_one_outlet, days=days).relation_or_reason[0])


PAIRS = st.fixed_dictionaries(
    {
        name: st.integers(0, 200)
        for name in (
            "longest_run",
            "shared",
            "narrated_shared",
            "narrated_followed",
            "names_held",
            "same_figures",
            "other_figures",
        )
    }
)


@given(PAIRS, st.integers(0, 200), st.integers(0, 60), st.booleans())
def test_what_tells_a_copy_never_makes_less_of_it(
    given: dict[str, int],
    more: int,
    days: int,
    is_one_outlet: bool,  # noqa: FBT001 drawn
) -> None:
    """More carried or held, less filled in anew, nearer in time, another outlet: none of it weighs against a copy."""
    pair = TEXTS_OF_200_WORDS | {"names": 200} | given
    changed = pair | {name: min(count + more, 200) for name, count in given.items()}
    balance = judged(pair, is_one_outlet=is_one_outlet, days=days).balance[0] - 1e-9  # sums round
    for name in given:
        better = {name: max(pair[name] - more, 0)} if name == "other_figures" else {name: changed[name]}
        assert judged(pair | better, is_one_outlet=is_one_outlet, days=days).balance[0] >= balance
    assert judged(pair, is_one_outlet=is_one_outlet, days=max(days - more, 0)).balance[0] >= balance
    assert judged(pair, days=days).balance[0] >= balance


@pytest.mark.parametrize(
    ("less", "more"),
    [
        pytest.param(carried(40), carried(110), id="more carried over"),
        pytest.param(carried(80, narrated_shared=10), carried(80), id="and told, not quoted"),
        pytest.param(carried(110, narrated_followed=20), carried(110), id="and followed in order"),
        pytest.param(carried(70, names_held=0), carried(70), id="with the names of the article"),
        pytest.param(
            carried(70, words_short=80, narrated_words=80, figures_held=1),
            carried(70, words_short=80, narrated_words=80),
            id="with the figures of the brief",
        ),
        pytest.param(
            carried(90, names=0, names_held=0, figures_held=1),
            carried(90, names=0, names_held=0),
            id="with the figures of a script without capitals",
        ),
    ],
)
def test_a_little_more_makes_a_copy(less: dict[str, int], more: dict[str, int]) -> None:
    """Each sign can tip a pair between copy and look-alike."""
    assert verdict(less) == "little_shared"
    assert verdict(more) in {"near", "contains"}


@pytest.mark.parametrize(
    ("copied", "filled_in"),
    [
        pytest.param((9, 1, 0, 0), (1, 9, 0, 0), id="figures"),
        pytest.param((0, 0, 9, 1), (0, 0, 1, 9), id="names"),
    ],
)
def test_other_figures_and_names_make_a_form(copied: tuple[int, ...], filled_in: tuple[int, ...]) -> None:
    """The same words around other figures or names are a form filled in anew; one changed is a correction."""
    names = ("same_figures", "other_figures", "same_names", "other_names")
    told = [verdict(carried(180, **dict(zip(names, row, strict=True)))) for row in (copied, filled_in)]
    assert told == ["near", "recurring"]


def test_an_outlet_may_reuse_its_own_more_freely() -> None:
    """What makes a copy elsewhere or in time is background of the same outlet weeks later; the whole text never is."""
    part = carried(120)
    assert [verdict(part, days=days) for days in (0, 7)] == ["contains", "contains"]
    assert [verdict(part, is_one_outlet=True, days=days) for days in (0, 15)] == ["contains", "background"]
    assert verdict(carried(195), is_one_outlet=True, days=300) == "near"


def test_no_dates_are_no_agreement() -> None:
    """A pair without dates counts for less than one of the same day, and for more than one weeks apart."""
    same_day, undated, later = (float(judged(carried(100), days=days).balance[0]) for days in (0, -1, 20))
    assert same_day > undated > later


def test_weights_are_those_that_were_learned() -> None:
    """No sign weighs against a copy, and each weighs something."""
    assert all(getattr(weights(), name) > 0 for name in SIGNS)
