"""Guessing a language gives what py3langid gives."""

import re
from importlib.resources import files

import py3langid
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.transforms.extract import read_language as module
from copydesk.transforms.extract.read_language import TWO_LETTERS, guess_language, read_language

SENTENCES = (
    "The ferry left the harbour an hour late, the company said.",
    "Die Fähre verließ den Hafen eine Stunde zu spät, sagte die Reederei.",
    "Le traversier a quitté le port avec une heure de retard.",
    "Паром вышел из порта на час позже, сообщили в компании.",
    "渡輪延誤一小時離開港口。",
)


@settings(deadline=None)
@given(st.text(max_size=80) | st.lists(st.sampled_from(SENTENCES), max_size=3).map(" ".join))
def test_scores_are_py3langid_s(text: str) -> None:
    """Whatever the text, the first language and its lead are py3langid's own."""
    (best, score), (_, second), *_ = py3langid.rank(text)
    assert module._rank(text) == (best, score - second)


def test_all_weights_are_negative_and_usual() -> None:
    """What is reckoned with the bits of the weights holds for half floats below zero with an exponent of their own."""
    bits = module._model().weights
    exponents = bits[:: len(bits) // 1000] & 0x7C00
    assert bits.min() >= 0x8000
    assert ((exponents > 0) & (exponents < 0x7C00)).all()


def test_more_is_read_where_two_languages_are_near_each_other() -> None:
    """A text whose first characters speak for none is judged by more of it."""
    text = "1, 2, 3, 4; " * 40 + SENTENCES[1] * 12
    assert guess_language(text) == py3langid.rank(text[: module.SAMPLE_CHARS])[0][0] == "de"


@pytest.mark.parametrize("declared", ["jp", "cz", "xx", "und", "english", ""])
def test_what_is_no_code_of_a_language_declares_none(declared: str) -> None:
    """Pages bear codes of countries and of templates: the text is asked then, or the next who declares one."""
    assert read_language(SENTENCES[1] * 2, declared) == "de"
    assert read_language("Fähre", declared, "de-AT") == "de"


def test_the_check_knows_the_same_codes() -> None:
    """What a page may declare is what the check of languages lets stand."""
    check = files("copydesk.warehouse.checks").joinpath("language_is_known.sql").read_text(encoding="utf-8")
    listed = " ".join(re.findall(r"'([a-z ]+)'", check)).split()
    assert {code for code in listed if len(code) == 2} == TWO_LETTERS
