"""Whether a text may hold characters of some scripts."""

import pytest

from copydesk.transforms.text.may_hold import leads_of, may_hold

_THAI_AND_HAN = leads_of((0xE00, 0xE7F), (0x4E00, 0x9FFF))


@pytest.mark.parametrize("text", ["เรือ", "the 船 left", "a\u4e00", "\u9fff", "\u0e00", "\u0e7f"])
def test_a_text_that_holds_one_may_hold_one(text: str) -> None:
    """No character of the ranges is missed, the first and the last neither."""
    assert may_hold(text, _THAI_AND_HAN)


@pytest.mark.parametrize("text", ["", "plain", "“Café”, à la carte …", "поезд", "🛳", "\ud800"])
def test_usual_signs_and_other_scripts_are_told_apart(text: str) -> None:
    """Quotation marks, accents and other alphabets rule it out, and half characters do no harm."""
    assert not may_hold(text, _THAI_AND_HAN)
