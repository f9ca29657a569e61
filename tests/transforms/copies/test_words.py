"""Words and their hashes: what folds together, what stays apart, and that both loops agree."""

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from transforms.copies.compiled import compiled_words

from transforms.copies.word_hash import word_hash, word_hashes
from transforms.copies.words import NAME, NUMBER, QUOTED, vector_words, words

ALPHABET = "abZ é\u0301ß'’\"“”„«»()-,.0159٣\n\r\t\u00a0\u00ad漢字かナ한ก่ا\U0001f600\U00020000ǅ１"


def buffers(texts: list[str]) -> tuple[np.ndarray, np.ndarray]:
    parts = [text.encode() for text in texts]
    offsets = np.concatenate([[0], np.cumsum([len(part) for part in parts])]).astype(np.int64)
    return np.frombuffer(b"".join(parts), np.uint8), offsets


@settings(deadline=None)  # the first call compiles
@given(st.lists(st.text(st.one_of(st.sampled_from(ALPHABET), st.characters(codec="utf-8"))), max_size=5))
@example(["", "“a", "1,", "1,5.6", '"a" b" "c', "漢", "漢字a1"])
def test_compiled_is_the_same(texts: list[str]) -> None:
    """The compiled loop gives the hashes, flags and starts that the array operations give."""
    utf8, offsets = buffers(texts)
    reference = vector_words(utf8, offsets)
    hashes, flags, starts = compiled_words(utf8, offsets)
    assert np.array_equal(reference.starts, starts)
    assert np.array_equal(reference.hashes, hashes)
    assert np.array_equal(reference.flags, flags)


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
