"""Places of phrases in a text."""

from copydesk.transforms.text.find_all import begins_of, find_all

_DAYS = ("monday", "tuesday", "sunday", "today", "last night", "tonight")


def test_each_place_of_each_phrase_is_found() -> None:
    """Phrases may overlap themselves and each other."""
    assert sorted(find_all("aaa ab", ("aa", "ab"))) == [0, 1, 4]


def test_no_begin_of_a_phrase_is_missed() -> None:
    """However few strings are sought for many phrases, all places where one begins are among what is found."""
    text = "sunday, last night; todaymonday tonight tuesday"
    assert set(find_all(text, _DAYS)) <= set(begins_of(text, _DAYS))
