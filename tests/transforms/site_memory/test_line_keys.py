"""A key of a line says less than the line: what is one line to site memory has one key, what it may see has a key."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.flows.load_rules import load_rules
from copydesk.transforms.rules.fold import fold
from copydesk.transforms.site_memory.line_keys import fold_line, key_of_folded, line_key, line_keys
from copydesk.transforms.site_memory.place_paragraphs import Paragraph
from copydesk.transforms.site_memory.sight_lines import sight_lines

RULES = load_rules()
PIECES = [
    *'aB7é’‘“”«»‹›"<>()–—…•©ßœΩжİ²_-.,\u00a0\u202f \t',
    "12 comments",
    "(3 shares)",
    "2019",
    "Harbour",
    "@quay",
]
LINES = st.lists(st.sampled_from(PIECES), max_size=12).map("".join) | st.text(max_size=30)
WORDS = st.lists(
    st.sampled_from(["Follow", "the", "Harbour", "Gazette", "12", "(12 replies)", "Côté", "’s"]), max_size=8
)


def body_of(lines: list[str]) -> str:
    return "\n\n".join(" ".join(line.split()) for line in lines)


@settings(deadline=None)
@given(LINES)
def test_a_key_is_a_function_of_the_line_under_which_site_memory_knows_it(line: str) -> None:
    """Lines with the same `fold_line` have the same key: case, accents, signs, digits and counters do not count."""
    assert line_key(line) in {None, key_of_folded(fold_line(line))}
    assert line_key(fold(line)) == line_key(line)


@settings(deadline=None)
@given(st.lists(LINES | WORDS.map(" ".join), max_size=6))
def test_the_keys_of_a_body_are_those_of_its_lines(lines: list[str]) -> None:
    """A body has the keys of its paragraphs, each once and in order."""
    body = body_of(lines)
    assert line_keys(body) == sorted({line_key(line) for line in body.split("\n\n")} - {None})


@settings(deadline=None)
@given(st.lists(LINES | WORDS.map(" ".join), min_size=1, max_size=6))
def test_what_may_be_seen_has_a_key(lines: list[str]) -> None:
    """Looking at the lines with given keys gives the sightings of those lines, and no line without a key is ever sighted."""
    paragraphs = [Paragraph(at, at, line, True) for at, line in enumerate(body_of(lines).split("\n\n"))]
    seen = sight_lines(paragraphs, site="harbourgazette.example", rules=RULES)
    for sighting in seen:
        key = line_key(paragraphs[sighting.index].text)
        assert key is not None
        again = sight_lines(paragraphs, site="harbourgazette.example", rules=RULES, keys={key})
        assert [each for each in again if each.index == sighting.index] == [sighting]
    assert sight_lines(paragraphs, site="harbourgazette.example", rules=RULES, keys=set()) == []


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("12 Comments", "3 comments"),
        ("Read more (12 replies)", "READ MORE (4 Antworten)"),
        ("© 2019 Harbour Gazette", "© Harbour Gazette 2024"),
        ("The index closed at 5,123.", "The index closed at 5,321"),
        ("L’été à Québec", "l'ete a quebec"),
    ],
)
def test_what_differs_in_signs_and_digits_has_one_key(first: str, second: str) -> None:
    """A key is coarser than the line: figures part lines, not keys."""
    assert line_key(first) == line_key(second) is not None


@pytest.mark.parametrize(
    "line", ["", "* * *", "12 - 3", "“We will be back,” he said.", 'The "quay"', "« Oui »", "a > b"]
)
def test_what_is_never_sighted_has_no_key(line: str) -> None:
    """Quotations and lines without a letter take no room."""
    assert line_key(line) is None


def test_a_key_has_forty_bits() -> None:
    """The site takes the other 24."""
    assert all(0 <= key < 1 << 40 for key in line_keys("\n\n".join(f"Line {chr(97 + n)}" for n in range(26))))
