"""Patterns of stamps, notices and credits are tried only where a word of theirs stands."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.transforms.dates.prose_words import CAPTURE, COPYRIGHT, PHOTO, PRINT_STAMP
from copydesk.transforms.dates.read_prose import _NEAR_HINTS, _PRINT_HINTS, _holds, _may_be_credit

LETTERS = st.characters(codec="utf-8", include_characters="éíçãõ©", max_codepoint=126)


# A word of a list is drawn in one of 20 wordings, of pictures' long one in one of 120.
@pytest.mark.parametrize(
    ("sign", "most"), [(PRINT_STAMP, 150), (CAPTURE, 150), (COPYRIGHT, 150), (PHOTO, 600)]
)
def test_what_a_pattern_matches_holds_a_word_that_it_is_tried_for(sign: re.Pattern[str], most: int) -> None:
    """Each wording of a list, in capitals or not, with whatever its pattern lets stand between."""

    @settings(max_examples=most)
    @given(st.from_regex(sign, alphabet=LETTERS).map(str.lower))
    def hold(lowered: str) -> None:
        if sign is PHOTO:
            assert _may_be_credit(lowered)
        else:
            assert _holds(lowered, _PRINT_HINTS if sign is PRINT_STAMP else _NEAR_HINTS)

    hold()
