"""What each character is to the reader of story features: a table over code points, made once a process.

Enters: code points. Leaves: their classes and lower-case forms.
"""

from functools import cache
from unicodedata import category

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
    characters = [chr(point) for point in range(TABLE_SIZE)]
    kinds = {"Lu": UPPER, "Lt": UPPER, "Nd": DIGIT, "Zs": SPACE}
    kinds |= dict.fromkeys(("Ll", "Lm", "Lo", "Mn", "Mc", "Me"), LOWER)
    classes = np.array([kinds.get(category(one), OTHER) for one in characters], dtype=np.uint8)
    lower = np.array(
        [ord(small) if len(small := one.lower()) == 1 else ord(one) for one in characters], np.uint32
    )
    for members, kind in (
        (_BREAKS, BREAK),
        (_QUOTES, QUOTE),
        ("\n\r", NEWLINE),
        ("`", BACKTICK),
        ("'", TICK),
        ("\t", SPACE),
    ):
        classes[[ord(member) for member in members]] = kind
    return classes, lower
