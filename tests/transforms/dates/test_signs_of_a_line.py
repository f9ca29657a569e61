"""Patterns of stamps, notices and credits are tried only where a word of theirs stands."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.transforms.dates.prose_words import CAPTURE, COPYRIGHT, PHOTO, PRINT_STAMP
from copydesk.transforms.dates.read_prose import _NEAR_HINTS, _PRINT_HINTS, _holds, _may_be_credit

LETTERS = st.characters(codec="utf-8", include_characters="éíçãõ©", max_codepoint=126)


@pytest.mark.parametrize("sign", [PRINT_STAMP, CAPTURE, COPYRIGHT, PHOTO])
@settings(max_examples=600)
@given(st.data())
def test_what_a_pattern_matches_holds_a_word_that_it_is_tried_for(
    sign: re.Pattern[str], data: st.DataObject
) -> None:
    """Each wording of a list, in capitals or not, with whatever its pattern lets stand between."""
    lowered = data.draw(st.from_regex(sign, alphabet=LETTERS)).lower()
    if sign is PHOTO:
        assert _may_be_credit(lowered)
    else:
        assert _holds(lowered, _PRINT_HINTS if sign is PRINT_STAMP else _NEAR_HINTS)
