"""What the scan reads: words, names, numbers, quotations and years."""

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from plain_scan import plain_scan

from copydesk.transforms.stories.scan_texts import (
    KIND_SHIFT,
    NAME,
    NUMBER,
    TERM_BITS,
    WORD,
    hash_word,
    scan_texts,
)

LOW = (1 << KIND_SHIFT) - 1


def kinds(text: str, title_chars: int = 0) -> dict[int, set[int]]:
    terms = scan_texts([text], [title_chars]).terms & TERM_BITS
    return {
        kind: {int(term) & LOW for term in terms if int(term) >> KIND_SHIFT == kind} for kind in (0, 1, 2)
    }


@pytest.mark.parametrize(
    ("text", "names", "no_names"),
    [
        pytest.param(
            "Rain fell. Yesterday Edda Kvist left.", ["kvist"], ["rain", "yesterday"], id="inside sentences"
        ),
        pytest.param("She met him on Monday in March.", [], ["monday", "march"], id="calendar"),
        pytest.param("They fled to Łódź and Ålesund.", ["łódź", "ålesund"], [], id="beyond ASCII"),
        pytest.param("A vote of the UN in Quell.", ["un", "quell"], ["vote"], id="capitals"),
    ],
)
def test_names_are_capitalised_words_inside_sentences(
    text: str, names: list[str], no_names: list[str]
) -> None:
    """A capital counts where grammar does not ask for it."""
    found = kinds(text)[NAME]
    assert {hash_word(name) & LOW for name in names} <= found
    assert not {hash_word(name) & LOW for name in no_names} & found


def test_titles_give_words_and_no_names() -> None:
    """A headline capitalises everything, so its capitals tell nothing."""
    found = kinds("Thousands Flee Rising Water\nnothing more", len("Thousands Flee Rising Water"))
    assert hash_word("flee") & LOW in found[WORD]
    assert not found[NAME]


def test_german_nouns_are_no_names() -> None:
    """Where nouns are capitalised, only neighbouring capitals are names."""
    text = (
        "Der Bau der Brücke über den Fluss kostet die Stadt in diesem Jahr viel Geld, sagte Edda Kvist dem Rat. "
        "In der Sitzung lobte der Leiter der Werke den Plan, und die Fraktion der Mitte gab dem Antrag ihre Stimme. "
        "Nach der Pause sprach auch Hamid Orloff über die Kosten der Busse und die Lage an der Schule."
    )
    found = kinds(text)[NAME]
    assert {hash_word(name) & LOW for name in ("edda", "kvist", "hamid", "orloff")} <= found
    assert not {hash_word(noun) & LOW for noun in ("brücke", "geld", "plan", "kosten", "schule")} & found


def test_numbers_keep_their_marks() -> None:
    """Thousands are one number, clock times and decimals too; 6.2 is not 62."""
    found = kinds("3,100 and 3100 and 6.2 and 62 at 11:30")[NUMBER]
    assert len(found) == 4


@pytest.mark.parametrize("marks", ['""', "“”", "„“", "«»", "»«"])
def test_quotations_are_read_in_any_marks(marks: str) -> None:
    """The same words in other marks are the same quotation."""
    words = "we would rather be dull than brave tonight"
    asked = scan_texts([f"He said: {marks[0]}{words}{marks[1]} and left the room with all his people."], [0])
    plain = scan_texts([f'"{words}"'], [0])
    assert set(plain.quotes) == set(asked.quotes)
    assert len(plain.quotes) == 4


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ('a board 12" long and as wide as it was long', 0),
        ('he said " we would rather be dull than brave', 3),
        ("he said ``we would rather be dull'' and left it at that then", 1),
        ("he said 'we would rather be dull' and left", 0),
    ],
)
def test_inches_are_no_quotation(text: str, runs: int) -> None:
    """A straight mark after a letter and before a space opens nothing; single ones are apostrophes."""
    assert len(scan_texts([text], [0]).quotes) == runs
    assert scan_texts([text], [0]).quotes.tolist() == plain_scan(text, 0).quotes


def test_an_open_quotation_ends_with_its_paragraph() -> None:
    """A missing mark does not turn the rest of the article into a quotation."""
    scan = scan_texts(['He said: "we never\nand then the town went on with its day as ever before'], [0])
    assert not len(scan.quotes)


def test_years_stand_with_their_place() -> None:
    """A number of four digits between 1900 and 2099 can be a year; 2,016 and 12016 cannot."""
    text = "In 2016 some 2,016 of 12016 left; 1899 was long ago."
    scan = scan_texts([text], [0])
    assert scan.years.tolist() == [2016]
    assert text[scan.year_at[0] :].startswith("2016")


def test_leads_are_names_of_the_beginning() -> None:
    """A name that comes late is no lead."""
    scan = scan_texts(["They met Edda in town. " + "and so on it went then " * 40 + "with Orloff."], [0])
    leads = {int(term) & LOW for term in scan.leads}
    assert hash_word("edda") & LOW in leads
    assert hash_word("orloff") & LOW not in leads


WORDS = (
    *(
        "Edda",
        "Kvist",
        "met",
        "A",
        "in",
        "May",
        "a",
        "2016",
        "3,100",
        "6.2",
        "12:30",
        "x9y",
        "ǅ",
        "Łódź",
        "٢٠٢٤",
        "000߀",
    ),
    *(
        '"',
        " ",
        " ",
        " ",
        "“",
        "”",
        "''",
        "'",
        "`",
        "``",
        ".",
        "\n",
        ",",
        "«",
        "漢字",
        "\U00020000",
        "\U0001f600",
        "é",
    ),
)


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.lists(st.sampled_from(WORDS), max_size=90), st.booleans()), max_size=3),
    st.lists(st.text(max_size=40), max_size=2),
)
@example(
    [(["sah", ". ", "Edda", " ", "Kvist", " ", "den", " ", "Bau", " ", "am", " ", "Fluss", " "] * 20, False)],
    [],
)
@example([(["Der", " ", "Bau", " ", "am", " ", "Fluss", " "] * 20, False)], ["a" * 50 + "\n" + "b" * 60])
def test_a_text_is_read_as_letter_by_letter(drawn: list[tuple[list[str], bool]], others: list[str]) -> None:
    """Array operations over all texts give what reading each letter gives."""
    texts = [*((" " if spaced else "").join(words) for words, spaced in drawn), *others]
    titles = [len(text) // 3 for text in texts]
    scan = scan_texts(texts, titles)
    for number, (text, title) in enumerate(zip(texts, titles, strict=True)):
        plain = plain_scan(text, title)
        for values, starts, wanted in (
            (scan.terms, scan.term_starts, plain.terms),
            (scan.leads, scan.lead_starts, plain.leads),
            (scan.quotes, scan.quote_starts, plain.quotes),
            (scan.years, scan.year_starts, [year for year, _ in plain.years]),
            (scan.year_at, scan.year_starts, [at for _, at in plain.years]),
        ):
            assert values[starts[number] : starts[number + 1]].tolist() == wanted


def test_first_letters_stand_for_a_word() -> None:
    """Words and names that begin alike are one term where so many letters are asked for; numbers are whole."""
    one, other = (
        scan_texts([text], [0], word_letters=[6]).terms.tolist()
        for text in ("и шахтёрами Петровым 1234567", "и шахтёрам Петрову 1234567")
    )
    assert one == other
    assert one != scan_texts(["и шахтёрам Петрову 1234568"], [0], word_letters=[6]).terms.tolist()


@pytest.mark.parametrize("before", [97, 98, 99, 100])
def test_leads_end_at_a_token(before: int) -> None:
    """A name is a lead when the last of its words is among the first hundred."""
    text = "a1 " * (before // 2) + "so " * (before % 2) + "met Edda Kvist"
    scan = scan_texts([text], [0])
    assert scan.leads.tolist() == plain_scan(text, 0).leads


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=200), min_size=1, max_size=5))
def test_a_text_is_read_alike_in_any_company(texts: list[str]) -> None:
    """All at once = one by one, for whatever characters."""
    together = scan_texts(texts, [0] * len(texts))
    for number, text in enumerate(texts):
        alone = scan_texts([text], [0])
        for values, starts, own in (
            (together.terms, together.term_starts, alone.terms),
            (together.quotes, together.quote_starts, alone.quotes),
            (together.years, together.year_starts, alone.years),
            (together.leads, together.lead_starts, alone.leads),
        ):
            assert np.array_equal(values[starts[number] : starts[number + 1]], own)
