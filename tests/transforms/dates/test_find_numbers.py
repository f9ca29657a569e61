"""Numbers of a text, and where a date may begin beside them."""

import re

import pytest

from copydesk.transforms.dates.find_numbers import begins_at, find_numbers
from copydesk.transforms.dates.read_date import read_dates, read_loose_dates

_FILLING = "The ferry is late, and nobody at the pier knows why. " * 12
_STATED = [
    "on 3 May 2031", "May 3, 2031", "3. März 2031", "12 de enero de 2031", "d’avril 2031", "(2031-05-03)", "in 2031–32",
    "since Oct. 2031", "٣ مايو ٢٠٣١", "2031年5月3日", "令和元年5月1日", "3 พฤษภาคม 2567", "45 March 2031",
]  # fmt: skip


@pytest.mark.parametrize(
    "text", ["", "no number", "7", "a1b22c333", "1٢3 ৪", "9" * 500, "🛳 4 " + _FILLING + "5"]
)
def test_numbers_are_runs_of_digits_in_any_script(text: str) -> None:
    """Numbers are all that \\d+ matches, in short texts and long ones."""
    for given in (text, _FILLING + text, text + _FILLING):
        assert find_numbers(given) == [match.span() for match in re.finditer(r"\d+", given)]


@pytest.mark.parametrize("stated", _STATED)
def test_a_date_is_found_wherever_it_stands(stated: str) -> None:
    """What a short text states is read from a long one too, at its place there."""
    alone = [*read_dates(stated), *read_loose_dates(stated)]
    assert alone
    long = f"{_FILLING}{stated}; {_FILLING}"
    found = [*read_dates(long), *read_loose_dates(long)]
    assert [(item.reading, item.start_char - len(_FILLING)) for item in found] == [
        (item.reading, item.start_char) for item in alone
    ]
    assert [item.reading for item in [*read_dates(stated + _FILLING)]] == [
        item.reading for item in read_dates(stated)
    ]


def test_a_date_begins_at_a_number_or_at_the_words_that_lead_to_it() -> None:
    """Also the word before one that joins begins a date, and what stands behind a sign within a word."""
    text = "ran in enero de 2031, l'avril 3"
    begins = [*begins_at(text, 0, find_numbers(text))]
    assert [text[place:] for place in begins] == ["enero de 2031, l'avril 3", "de 2031, l'avril 3", "2031, l'avril 3",
                                                  "l'avril 3", "avril 3", "3"]  # fmt: skip
