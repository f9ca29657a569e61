"""Lays the letters of many lines out in one array, with what kind each is: the columns are counts over stretches."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

UPPER, LETTER, DIGIT, SPACE, STOP, QUOTE, SIGN = (1 << bit for bit in range(7))
_KNOWN = 0x3000
"""Scripts above this know no case and are letters."""

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Letters:
    """Code points of lines one after another, a line end behind each; `kinds` are bits as above."""

    points: NDArray[np.uint32]
    kinds: NDArray[np.uint8]
    starts: Ints
    ends: Ints

    def count(self, kind: int) -> Ints:
        """Return how many letters of a kind each line has."""
        return self.sum_lines((self.kinds & kind) > 0)

    def sum_lines(self, marks: NDArray[np.bool_]) -> Ints:
        """Return how many places of each line are marked."""
        sums = np.concatenate([[0], np.cumsum(marks)])
        return np.asarray(sums[self.ends] - sums[self.starts], dtype=np.int64)


def read_letters(lines: Sequence[str]) -> Letters:
    """Return the letters of lines, none of which holds a line end."""
    text = "\n".join([*lines, ""])
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    lengths = np.fromiter(map(len, lines), np.int64, len(lines))
    ends = np.cumsum(lengths + 1) - 1
    return Letters(points, _table()[np.minimum(points, _KNOWN)], ends - lengths, ends)


@cache
def _table() -> NDArray[np.uint8]:
    return np.array([*(_kind(chr(code)) for code in range(_KNOWN)), LETTER], np.uint8)


def _kind(letter: str) -> int:
    kind = UPPER * letter.isupper() | LETTER * letter.isalpha() | DIGIT * letter.isdigit()
    kind |= SPACE * letter.isspace() | STOP * (letter in ".!?…") | QUOTE * (letter in '"“”„«»')
    return kind or SIGN
