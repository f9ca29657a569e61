"""Read the tokens of texts: words and numbers, with what stands before them.

Enters: texts. Leaves: parallel arrays, a row a token.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from copydesk.transforms.stories import characters as ch
from copydesk.transforms.text.hash_words import mixed_chain
from copydesk.transforms.text.neighbours import CLOSES, TURNS, after, before, follow_quotations, places_before

_COMMA, _POINT, _COLON, _STRAIGHT_QUOTE = map(ord, ',.:"')
_ZERO = ord("0")
_FIRST_YEAR, _LAST_YEAR = 1900, 2099
_YEAR_DIGITS = 4

Ints = npt.NDArray[np.int64]
Marks = npt.NDArray[np.bool_]
Classes = npt.NDArray[np.uint8]
Points = npt.NDArray[np.uint32]


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of text i are [starts[i], starts[i + 1]).

    `values` are hashes, `at` positions in the text. `opens` marks the first token of a sentence, `is_quoted` those in
    a quotation and `opens_quote` the first in it; `is_single` words of one letter. `years` are the values of numbers
    that can be a year, else 0. Quotations are their texts, and where each opens and closes in it.
    """

    starts: Ints
    text: Ints
    at: Ints
    values: npt.NDArray[np.uint64]
    is_number: Marks
    is_capital: Marks
    is_single: Marks
    opens: Marks
    is_quoted: Marks
    opens_quote: Marks
    years: Ints
    quotations: tuple[Ints, Ints, Ints]


def read_tokens(texts: list[str], word_letters: Ints) -> Tokens:
    """Return the tokens of the texts: runs of letters, and digits with the marks between them.

    A quotation ends with its paragraph. Two apostrophes or two backticks are a quotation mark. So many letters stand
    for a word of each text.
    """
    # The texts stand between line ends, which no token or quotation crosses.
    points = np.frombuffer("\n".join([*texts, ""]).encode("utf-32-le", "replace"), np.uint32)
    text_starts = np.cumsum([0, *(len(text) + 1 for text in texts)])
    classes = ch.classes_of(points)
    is_letter = (classes == ch.LOWER) | (classes == ch.UPPER)
    is_digit = classes == ch.DIGIT
    marks = _marks_in_numbers(points, is_digit)
    in_number = is_digit.copy()
    in_number[marks] = True
    begins = np.flatnonzero((is_letter & ~before(is_letter)) | (in_number & ~before(in_number)))
    ends = np.flatnonzero((is_letter & ~after(is_letter)) | (in_number & ~after(in_number))) + 1
    starts = np.searchsorted(begins, text_starts)
    text = np.repeat(np.arange(len(texts)), np.diff(starts))
    classes[marks] = ch.OTHER
    turning, effects = _quotation_marks(points, classes, text_starts)
    opened, closed = (turning[which] for which in follow_quotations(effects))
    quoted = np.searchsorted(text_starts, opened, side="right") - 1
    sentence_ends = np.concatenate(
        [[0], np.flatnonzero((classes == ch.BREAK) | (classes == ch.NEWLINE)), turning]
    )
    return Tokens(
        starts=starts,
        text=text,
        at=begins - text_starts[text],
        values=_hashes(
            points,
            is_letter | in_number,
            marks[points[marks] == _COMMA],
            begins,
            ends,
            np.where(is_digit[begins], len(points), word_letters[text]),
        ),
        is_number=is_digit[begins],
        is_capital=classes[begins] == ch.UPPER,
        is_single=is_letter[begins] & (ends - begins == 1),
        opens=places_before(begins, sentence_ends) > 0,
        is_quoted=np.cumsum(places_before(begins, opened) - places_before(begins, closed)) > 0,
        opens_quote=places_before(begins, opened) > 0,
        years=_years(points, is_digit, begins, ends),
        quotations=(quoted, opened - text_starts[quoted], closed - text_starts[quoted]),
    )


def _marks_in_numbers(points: Points, is_digit: Marks) -> Ints:
    marks = np.flatnonzero((points == _COMMA) | (points == _POINT) | (points == _COLON))
    # The last character is a line end, so that each mark has a neighbour on either side.
    return marks[is_digit[marks - 1] & is_digit[marks + 1]]


def _hashes(
    points: Points, is_kept: Marks, commas: Ints, begins: Ints, ends: Ints, most: Ints
) -> npt.NDArray[np.uint64]:
    """Return the hash of each token's first letters, in lower case; commas between digits do not count."""
    is_kept[commas] = False
    lengths = ends - begins
    lengths -= np.bincount(np.searchsorted(begins, commas, side="right") - 1, minlength=len(begins))
    return mixed_chain(ch.lower_of(points[is_kept]), np.cumsum(lengths) - lengths, np.minimum(lengths, most))


def _quotation_marks(points: Points, classes: Classes, text_starts: Ints) -> tuple[Ints, Classes]:
    """Return the marks that open or close quotations, line ends among them, and the effect of each."""
    quotes = np.flatnonzero(classes == ch.QUOTE)
    following, preceding = classes[quotes + 1], classes[quotes - 1]
    preceding[np.isin(quotes, text_starts)] = ch.SPACE
    closes = (points[quotes] == _STRAIGHT_QUOTE) & np.isin(following, (ch.SPACE, ch.NEWLINE))
    closes &= ~np.isin(preceding, (ch.SPACE, ch.TICK))
    line_ends = np.flatnonzero(classes == ch.NEWLINE)
    places = np.concatenate([quotes, _doubled_ticks(classes), line_ends])
    effects = np.full(len(places), TURNS, np.uint8)
    effects[: len(quotes)][closes] = CLOSES
    effects[len(places) - len(line_ends) :] = CLOSES
    order = np.argsort(places)
    return places[order], effects[order]


def _doubled_ticks(classes: Classes) -> Ints:
    """Return the first of each two neighbouring ticks of a kind; of three the third stands alone."""
    ticks = np.flatnonzero((classes == ch.TICK) | (classes == ch.BACKTICK))
    goes_on = np.zeros(len(ticks), bool)
    goes_on[:-1] = (np.diff(ticks) == 1) & (np.diff(classes[ticks]) == 0)
    numbers = np.arange(len(ticks))
    first = np.maximum.accumulate(np.where(before(goes_on), 0, numbers))
    doubled: Ints = ticks[goes_on & ((numbers - first) % 2 == 0)]
    return doubled


def _years(points: Points, is_digit: Marks, begins: Ints, ends: Ints) -> Ints:
    years = np.zeros(len(begins), np.int64)
    rows = np.flatnonzero(is_digit[begins] & (ends - begins == _YEAR_DIGITS))
    digits = begins[rows, np.newaxis] + np.arange(_YEAR_DIGITS)
    values = (points[digits].astype(np.int64) - _ZERO) @ np.array([1000, 100, 10, 1])
    is_year = is_digit[digits].all(axis=1) & (values >= _FIRST_YEAR) & (values <= _LAST_YEAR)
    years[rows[is_year]] = values[is_year]
    return years
