"""Words and their hashes: what folds together, what stays apart, and that arrays read what letters say."""

import pyarrow as pa
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from plain_words import blocks_of, plain_blocks, plain_words

from copydesk.transforms.copies.blocks import GALLERY_WORDS, LIST_NAMES, mark_blocks
from copydesk.transforms.copies.sketch import word_hashes
from copydesk.transforms.copies.words import NAME, NUMBER, QUOTED, words

ALPHABET = "abZ é\u0301ß'’\"“”„«»()-,.0159٣\n\r\t\u00a0\u00ad漢字かナ한ก่ำเນຳကျမខ្មែا\U0001f600\U00020000ǅ１"


TEXTS = st.lists(st.text(st.one_of(st.sampled_from(ALPHABET), st.characters(codec="utf-8"))), max_size=5)
PHRASES = (
    "photo by",
    "Hide caption",
    "read more",
    "Our newsletter",
    "sign up",
    "Edda Kvist 12",
    "the town. ",
    "\n",
    "“a ”",
)


@settings(deadline=None)
@given(TEXTS)
@example(["", "“a", "1,", "1,5.6", '"a" b" "c', "漢", "漢字a1"])
@example(["a" * 40, "b" * 39, *(letter * 30 for letter in "cdefghijklmnopqrstuv")])
def test_words_are_those_read_letter_by_letter(texts: list[str]) -> None:
    """Array operations over all texts give the hashes and flags that reading each letter gives."""
    found = words(pa.array(texts, pa.string()))
    pairs = list(zip(found.hashes.tolist(), found.flags.tolist(), strict=True))
    for number, text in enumerate(texts):
        assert pairs[found.starts[number] : found.starts[number + 1]] == plain_words(text)


@settings(deadline=None)
@given(st.lists(st.sampled_from(PHRASES), max_size=60).map(" ".join), st.integers(0, 140))
def test_blocks_are_those_read_word_by_word(text: str, padding: int) -> None:
    """Captions, boxes and lists are marked as reading sentence by sentence marks them, whatever stands beside."""
    text = text.replace("the town. ", "the town. " + "and so on " * (padding // 3), 1)
    alone, together = (
        mark_blocks(words(pa.array([text]))),
        mark_blocks(words(pa.array(["photo by", text, "x"]))),
    )
    assert blocks_of(alone) == plain_blocks(alone, alone.flags.tolist())
    assert together.flags[together.starts[1] : together.starts[2]].tolist() == alone.flags.tolist()


def word_hash(text: str) -> str:
    return str(word_hashes(pa.array([text]))[0])


@pytest.mark.parametrize("size", [1, GALLERY_WORDS - 1, GALLERY_WORDS, GALLERY_WORDS + 1])
def test_two_near_captions_are_one_gallery(size: int) -> None:
    """What stands between two captions is marked while it has so many words, and not with one more."""
    batch = words(pa.array([f"Photo by one.{' Word' * size}. Photo by two. The end."]))
    assert blocks_of(mark_blocks(batch)) == plain_blocks(batch, batch.flags.tolist())


@pytest.mark.parametrize("names", [LIST_NAMES - 1, LIST_NAMES, 60])
@pytest.mark.parametrize("prose", range(0, 90, 3))
def test_a_list_is_marked_but_where_it_is_the_article(names: int, prose: int) -> None:
    """A run of names is a list, unless it is half of the text: at each length of the rest."""
    batch = words(pa.array([" Name" * names + " word" * prose]))
    assert blocks_of(mark_blocks(batch)) == plain_blocks(batch, batch.flags.tolist())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The Mayor resigned", "the mayor  resigned."),
        ("don't", "don’t"),
        ("Café Zürich", "cafe zurich"),
        ("cafe\u0301", "café"),
        ("1,000 tons", "1000 tons"),
        ("co\u00adoperate", "cooperate"),
        ("page ５", "page 5"),
        ("“Go,” she said", '"Go", she said'),
    ],
)
def test_folds_together(one: str, other: str) -> None:
    """Case, accents, apostrophes, quotation marks and white space make no other wording."""
    assert word_hash(one) == word_hash(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("rose 5 percent", "rose 6 percent"),
        ("a b", "b a"),
        ("a b", "ab"),
        ("a", "a a"),
        ("東京", "京東"),
        ("", "a"),
    ],
)
def test_stays_apart(one: str, other: str) -> None:
    """Numbers, order, number of words and borders between them make another wording."""
    assert word_hash(one) != word_hash(other)


def test_flags() -> None:
    """A word knows whether it is quoted, a number, or written with a capital."""
    found = words(pa.array(["Lena said “we won 3 times” twice"]))
    assert [int(flag) & QUOTED for flag in found.flags] == [0, 0, 1, 1, 1, 1, 0]
    assert [bool(flag & NUMBER) for flag in found.flags] == [False] * 4 + [True] + [False] * 2
    assert [bool(flag & NAME) for flag in found.flags] == [True] + [False] * 6


@pytest.mark.parametrize(
    "text",
    [
        "„wir gehen“ sagte er",
        "« nous partons » dit-il",
        "»vi går« sagde han",
        '"we go" he said',
        "「行く」と",
    ],
)
def test_quotation_marks_of_languages(text: str) -> None:
    """A quotation ends where its own marks say, in whatever language, and the words after it are not in it."""
    flags = words(pa.array([text])).flags
    assert flags[0] & QUOTED
    assert not flags[-1] & QUOTED


@given(st.lists(st.text(max_size=40), max_size=4))
def test_hash_of_a_column(texts: list[str]) -> None:
    """A text's hash does not depend on the texts beside it."""
    assert word_hashes(pa.array(texts, pa.string())).to_pylist() == [word_hash(text) for text in texts]
