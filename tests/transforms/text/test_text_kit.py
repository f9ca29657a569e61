"""The text kit: array operations over letters and marks give what one after another gives."""

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from copydesk.transforms.text.forest import Forest
from copydesk.transforms.text.hash_words import FEW, mix, mix_one, mixed_chain, sum_of_powers
from copydesk.transforms.text.letters_of import letters_of, letters_of_each
from copydesk.transforms.text.neighbours import CLOSES, OPENS, TURNS, after, before, follow_quotations
from copydesk.transforms.text.segments import number_values, portions, spread

BASE = 0x9E3779B97F4A7C15
SIZES = st.lists(st.integers(0, 9), max_size=9)
LETTERS = st.lists(st.integers(1, 0x10FFFF), max_size=12)


def chained(word: list[int]) -> int:
    value = 0
    for letter in word:
        value = mix_one((value * 31 + letter) % 2**64)
    return value


@settings(deadline=None)
@given(st.lists(LETTERS, max_size=2 * FEW), st.integers(0, 3 * FEW))
@example([[1] * 40_000, [2, 3]], 3 * FEW)
def test_words_are_hashed_as_letter_by_letter(words: list[list[int]], more: int) -> None:
    """The hash of a word does not hang on how many others there are, or how long."""
    words = [*words, *([[7, 8, 9, 10]] * more)]
    lengths = np.array([len(word) for word in words], np.int64)
    letters = np.array([letter for word in words for letter in word], np.uint32)
    starts = np.cumsum(lengths) - lengths
    sums = [sum(letter * pow(BASE, k, 2**64) for k, letter in enumerate(word)) % 2**64 for word in words]
    assert sum_of_powers(letters, starts, lengths, BASE).tolist() == sums
    assert mixed_chain(letters, starts, lengths).tolist() == [chained(word) for word in words]


@given(st.lists(st.integers(0, 2**64 - 1), max_size=20))
def test_numbers_are_mixed_as_one_by_one(values: list[int]) -> None:
    """SplitMix64's finaliser over an array is the same for each number."""
    assert mix(np.array(values, np.uint64)).tolist() == [mix_one(value) for value in values]


def test_mixing_is_that_of_splitmix64() -> None:
    """The first output of SplitMix64 with seed 0 is its known one."""
    assert mix_one(0x9E3779B97F4A7C15) == 0xE220A8397B1DCDAF


@given(st.lists(st.sampled_from([CLOSES, OPENS, TURNS]), max_size=30))
def test_quotations_are_followed_mark_by_mark(effects: list[int]) -> None:
    """A mark opens where it finds nothing open, and closes where it finds something."""
    opened, closed, is_open = [], [], False
    for number, effect in enumerate(effects):
        becomes = not is_open if effect == TURNS else effect == OPENS
        if becomes != is_open:
            (opened if becomes else closed).append(number)
        is_open = becomes
    found = follow_quotations(np.array(effects, np.uint8))
    assert [part.tolist() for part in found] == [opened, closed]


@given(SIZES, st.integers(1, 20))
def test_portions_hold_all_rows_once(sizes: list[int], most: int) -> None:
    """Portions follow one another, and no portion has two rows beyond its size."""
    cut = list(portions(np.array(sizes, np.int64), most))
    assert [row for part in cut for row in range(part.start, part.stop)] == list(range(len(sizes)))
    assert all(sum(sizes[part][:-1]) < 2 * most for part in cut)


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 5)), max_size=9))
def test_stretches_are_spread_in_order(stretches: list[tuple[int, int]]) -> None:
    """Every place of every stretch stands once, beside the number of its stretch."""
    begins, sizes = (np.array([pair[side] for pair in stretches], np.int64) for side in (0, 1))
    wanted = [(place, n) for n, (begin, size) in enumerate(stretches) for place in range(begin, begin + size)]
    assert list(zip(*(part.tolist() for part in spread(begins, sizes)), strict=True)) == wanted


@given(st.lists(st.integers(-(2**63), 2**63 - 1), max_size=20).map(lambda values: values + values[:3]))
def test_values_are_numbered_by_appearance(values: list[int]) -> None:
    """Equal values have equal numbers, given in the order in which values first stand."""
    distinct, numbers = number_values(np.array(values, np.int64))
    assert distinct.tolist() == list(dict.fromkeys(values))
    assert distinct[numbers].tolist() == values


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=12))
def test_what_is_joined_goes_by_its_smallest(joins: list[tuple[int, int]]) -> None:
    """Joined sets are those that relabelling everything at each join gives, whatever the order."""
    forest, names = Forest[int](), list(range(10))
    for one, other in joins:
        forest.join(one, other)
        smaller, larger = sorted((names[one], names[other]))
        names = [smaller if name == larger else name for name in names]
    assert [forest.root(name) for name in range(10)] == names
    assert sorted(map(min, forest.trees())) == sorted(set(names))


@pytest.mark.parametrize("marks", [[], [True], [True, False, False], [False, True, True]])
def test_neighbours(marks: list[bool]) -> None:
    """Beyond the ends nothing is marked."""
    array = np.array(marks, bool)
    assert before(array).tolist() == [False, *marks[:-1]][: len(marks)]
    assert after(array).tolist() == [*marks[1:], False][: len(marks)]


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=1))
def test_letters_are_letters_and_digits(texts: list[str]) -> None:
    """What is left of a text are its letters and digits without case, in their order; the same for many at once."""
    wanted = ["".join(filter(str.isalnum, text.casefold())) for text in texts]
    assert [letters_of(text) for text in texts] == wanted
    assert letters_of_each(text.replace("\x00", "") for text in texts) == wanted
