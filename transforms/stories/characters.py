"""What each character is to the reader of story features: a table over code points, filled as they are met.

Enters: code points. Leaves: their classes and lower-case forms.
"""

from unicodedata import category

import numpy as np
import numpy.typing as npt

OTHER, LOWER, UPPER, DIGIT, BREAK, NEWLINE, QUOTE, SPACE, BACKTICK, TICK = range(10)
TABLE_SIZE = 0x20000
_BREAKS = ".!?:;…。！？؟।"
_QUOTES = '"“”„«»‟〝〞＂'


_UNKNOWN = 255
_SIGNS = {
    **dict.fromkeys(_BREAKS, BREAK),
    **dict.fromkeys(_QUOTES, QUOTE),
    **dict.fromkeys("\n\r", NEWLINE),
    "`": BACKTICK,
    "'": TICK,
    "\t": SPACE,
}
_KINDS = {"Lu": UPPER, "Lt": UPPER, "Nd": DIGIT, "Zs": SPACE} | dict.fromkeys(
    ("Ll", "Lm", "Lo", "Mn", "Mc", "Me"), LOWER
)
_classes = np.full(TABLE_SIZE, _UNKNOWN, np.uint8)
_classes[-1] = LOWER
_lower = np.arange(TABLE_SIZE, dtype=np.uint32)


def classes_of(points: npt.NDArray[np.uint32]) -> npt.NDArray[np.uint8]:
    """Return the class of each code point; those beyond the table are letters, as its last one is."""
    classes = _classes.take(points, mode="clip")
    unknown = classes == _UNKNOWN
    if unknown.any():
        _meet(points[unknown])
        classes = _classes.take(points, mode="clip")
    return classes


def lower_of(points: npt.NDArray[np.uint32]) -> npt.NDArray[np.uint32]:
    """Return the lower-case form of each code point whose class was asked for.

    Those beyond the table and those that become several stay.
    """
    lower = _lower.take(points, mode="clip")
    beyond = points >= TABLE_SIZE
    if beyond.any():
        lower[beyond] = points[beyond]
    return lower


def _meet(points: npt.NDArray[np.uint32]) -> None:
    """Fill the table in for code points that nobody has asked for yet."""
    for point in np.unique(points).tolist():
        one = chr(point)
        small = one.lower()
        _lower[point] = ord(small) if len(small) == 1 else point
        _classes[point] = _SIGNS.get(one, _KINDS.get(category(one), OTHER))
