"""What each character is to the reader of story features: a table over code points, made once a process.

Enters: code points. Leaves: their classes and lower-case forms.
"""

import unicodedata
from functools import cache

import numpy as np
import numpy.typing as npt

OTHER, LOWER, UPPER, DIGIT, BREAK, NEWLINE, QUOTE, SPACE, BACKTICK, TICK = range(10)
TABLE_SIZE = 0x20000
_BREAKS = ".!?:;…。！？؟।"
_QUOTES = '"“”„«»‟〝〞＂'


def classes_of(points: npt.NDArray[np.uint32]) -> npt.NDArray[np.uint8]:
    """Return the class of each code point; those beyond the table are letters."""
    classes = _tables()[0].take(points, mode="clip")
    classes[points >= TABLE_SIZE] = LOWER
    return classes


def lower_of(points: npt.NDArray[np.uint32]) -> npt.NDArray[np.uint32]:
    """Return the lower-case form of each code point; those beyond the table and those that become several stay."""
    return np.where(points < TABLE_SIZE, _tables()[1].take(points, mode="clip"), points)


@cache
def _tables() -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.uint32]]:
    classes = np.zeros(TABLE_SIZE, dtype=np.uint8)
    lower = np.arange(TABLE_SIZE, dtype=np.uint32)
    for point in range(TABLE_SIZE):
        character = chr(point)
        classes[point] = _class_of(character)
        small = character.lower()
        if len(small) == 1:
            lower[point] = ord(small)
    return classes, lower


def _class_of(character: str) -> int:
    for members, kind in (
        (_BREAKS, BREAK),
        (_QUOTES, QUOTE),
        ("\n\r", NEWLINE),
        ("`", BACKTICK),
        ("'", TICK),
    ):
        if character in members:
            return kind
    category = unicodedata.category(character)
    if category in {"Lu", "Lt"}:
        return UPPER
    if category[0] in "LM":
        return LOWER
    if category == "Nd":
        return DIGIT
    return SPACE if category == "Zs" or character == "\t" else OTHER
