"""Measures are those that counting word by word gives; galleries and lists are not narrated."""

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pairs_of_texts import COPIES, LOOK_ALIKES, rows_of
from plain_measure import plain_measure
from stories import STRIKE

from copydesk.transforms.copies.blocks import mark_blocks
from copydesk.transforms.copies.measure import FIGURE_GAP, FIGURE_SHIFT, SMALL_GAP, measure
from copydesk.transforms.copies.words import BLOCK, words


@pytest.mark.parametrize(
    ("between", "is_gallery"), [pytest.param(100, True, id="near"), pytest.param(140, False, id="far")]
)
def test_between_two_captions_that_are_near_stands_their_gallery(between: int, *, is_gallery: bool) -> None:
    """What stands between two captions up to 130 words apart is not narrated; farther apart it is the article."""
    prose = " ".join(["the boat lay at the quay"] * 30).split()[:between]
    text = f"Photo by Edda. Hide caption. {' '.join(prose)}. Photo by Edda. Hide caption. {' '.join(prose)}."
    flags = mark_blocks(words(pa.array([text]))).flags
    assert bool(flags[30] & BLOCK) is is_gallery


@pytest.mark.parametrize(("names", "is_list"), [(20, False), (21, True)])
def test_many_names_in_a_row_are_a_list(names: int, *, is_list: bool) -> None:
    """Of 30 words in a row 21 with capitals or figures are a list of fixtures or names, 20 may be prose."""
    row = ["Marsh"] * names + ["and"] * (30 - names)
    text = f"{STRIKE} as told in {' '.join(row)} {STRIKE.lower()}"
    flags = mark_blocks(words(pa.array([text]))).flags
    assert bool((flags & BLOCK).any()) is is_list


PHRASES = (
    "Mayor Orloff said on 12 March that",
    "Mayor Orlov said on 12 March that",
    "Mayor Orlof said on 14 March that",
    "“we will not go, not now and not ever,” she said.",
    "12 of 40 boats",
    "Photo by Edda. Hide caption",
    "in May the yield rose to 5.61 percent from",
    "a b c d e",
    "a b",
    "\n",
)
PASSAGES = st.lists(st.sampled_from(PHRASES), max_size=14).map(" ".join)


@settings(deadline=None)
@given(PASSAGES, PASSAGES, st.sampled_from([1, 1 << 17]))
@example("a b", "a b a b a b", 1)
@example("", "a", 1)
@example(PHRASES[0] + " " + PHRASES[0], PHRASES[0] + " \n " + PHRASES[0], 1)
def test_pairs_are_measured_as_word_by_word(one: str, other: str, portion: int) -> None:
    """Many pairs at once, in portions of whatever size, give what reading each pair word by word gives."""
    texts = [one, other, STRIKE, one]
    batch = mark_blocks(words(pa.array(texts)))
    ends = np.array([(0, 1), (1, 0), (2, 0), (0, 3)])
    measured = [
        row
        for rows in (ends if portion == 1 else [ends])
        for row in rows_of(measure(batch, rows.reshape(-1, 2)))
    ]
    assert measured == [plain_measure(batch, a, b) for a, b in ends.tolist()]


def test_what_stands_beside_a_pair_changes_nothing() -> None:
    """Of hundreds of pairs in a batch each is measured as alone, also by words of a letter or figure, which are few."""
    signs = [chr(code) for code in range(ord("0"), ord("z") + 1) if chr(code).isalnum()]
    texts = [f"ann {sign} met {signs[-at]} quay {signs[at // 2]}" for at, sign in enumerate(signs)]
    batch = mark_blocks(words(pa.array(texts)))
    ends = np.array([(at, (at + step) % len(texts)) for step in range(1, 7) for at in range(len(texts))])
    together = rows_of(measure(batch, ends))
    assert together == [plain_measure(batch, a, b) for a, b in ends.tolist()]


@pytest.mark.parametrize("size", [0, 1, SMALL_GAP, SMALL_GAP + 1, FIGURE_GAP, FIGURE_GAP + 1])
@pytest.mark.parametrize("more", [0, FIGURE_SHIFT, FIGURE_SHIFT + 1])
def test_gaps_are_measured_as_word_by_word(size: int, more: int) -> None:
    """What stands between shared stretches counts up to the very word that the thresholds name."""
    shared = ["the mayor of the town said so", "and then they all went home"]
    one, other = (
        " ".join(
            [shared[0], *(f"{letter}{k}" if k % 2 else f"{k}{ord(letter)}" for k in range(count)), shared[1]]
        )
        for letter, count in (("P", size), ("Q", size + more))
    )
    batch = mark_blocks(words(pa.array([one, other])))
    assert rows_of(measure(batch, np.array([(0, 1)]))) == [plain_measure(batch, 0, 1)]


@pytest.mark.parametrize("case", [*COPIES.values(), *LOOK_ALIKES.values()])
def test_real_pairs_are_measured_as_word_by_word(case: tuple[str, str, str]) -> None:
    """Copies and look-alikes measure as reading them word by word does."""
    batch = mark_blocks(words(pa.array(case[:2])))
    assert rows_of(measure(batch, np.array([(0, 1)]))) == [plain_measure(batch, 0, 1)]
