"""What each character is to a shingle: part of a word (and which, folded), nothing, or a border."""

import unicodedata
from functools import cache

import numpy as np
from numpy.typing import NDArray

FOLDED = 0x1FFFFF  # the low 21 bits hold the folded code point: 0 ends a word, 1 is skipped inside one
SKIPPED = 1
SOLO = (
    1 << 21
)  # a character that is a word of its own: Han, kana, a consonant of a script that parts no words
DIGIT = 1 << 22
UPPER = 1 << 23
QUOTE_STRAIGHT = 1 << 24
QUOTE_OPENS = 1 << 25
QUOTE_CLOSES = 1 << 26
QUOTE_EITHER = 1 << 27  # guillemets: French opens with one, German and Danish with the other
LINE_END = 1 << 28
SPACE = 1 << 29
SENTENCE_END = 1 << 30
POINT = 1 << 31  # between two digits it is part of the number: 1,000 is 1000
FOLLOWS = (
    SOLO | UPPER
)  # belongs to the solo before it: vowels and marks of those scripts, which know no capitals
QUOTES = QUOTE_STRAIGHT | QUOTE_OPENS | QUOTE_CLOSES | QUOTE_EITHER

TABLE_SIZE = 0x10000
_APOSTROPHES = "'’‘ʼ`´＇"
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_MARKS = ((0x300, 0x36F), (0x591, 0x5C7), (0x64B, 0x65F), (0x670, 0x670), (0xFE00, 0xFE0F))
_SOLO = ((0x3040, 0x30FF), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF))
_SYLLABIC = (
    (0xE01, 0xE4E),
    (0xE81, 0xECE),
    (0xEDC, 0xEDF),
    (0x1000, 0x103F),
    (0x1050, 0x108F),
    (0x1780, 0x17D3),
)
"""Thai, Lao, Burmese, Khmer: a word is a consonant with its vowels and marks, about a syllable."""
_VOWELS = ((0xE30, 0xE3A), (0xE40, 0xE4E), (0xEB0, 0xECE), (0x102B, 0x103E), (0x1056, 0x1059), (0x1062, 0x1064),
           (0x1067, 0x106D), (0x1071, 0x1074), (0x1082, 0x108F), (0x17B4, 0x17D3))  # fmt: skip
_NO_CHARACTERS = (0xD800, 0xF8FF)
_UNFOLDED = ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xAC00, 0xD7A3))


@cache
def code_points() -> NDArray[np.uint32]:
    """Return the table of the basic plane: folded code point and class bits, by code point.

    Folding lowers case and drops accents, apostrophes and invisible characters; digits stay, in whatever
    script, as ASCII digits. Characters beyond the table are `beyond_the_table`.
    """
    table = np.zeros(TABLE_SIZE, dtype=np.uint32)
    is_looked_up = np.ones(TABLE_SIZE, bool)
    for start, end in (*_UNFOLDED, _NO_CHARACTERS):
        is_looked_up[start : end + 1] = False
    codes = np.flatnonzero(is_looked_up)
    table[codes] = [_entry(code) for code in codes.tolist()]
    for start, end in _UNFOLDED:
        table[start : end + 1] = np.arange(start, end + 1, dtype=np.uint32)
    for start, end in (*_SOLO, *_SYLLABIC):
        table[start : end + 1] |= np.where(table[start : end + 1] & FOLDED, SOLO, 0).astype(np.uint32)
    for start, end in _VOWELS:
        table[start : end + 1] |= np.where(table[start : end + 1] & FOLDED, FOLLOWS, 0).astype(np.uint32)
    for start, end in _MARKS:
        table[start : end + 1] = SKIPPED
    for char in _APOSTROPHES + _INVISIBLE:
        table[ord(char)] = SKIPPED
    for bit, chars in (
        (QUOTE_STRAIGHT, '"＂'),
        (QUOTE_OPENS, "“„‟「『«"),
        (QUOTE_CLOSES, "”」』"),
        (QUOTE_EITHER, "«»"),
        (LINE_END, "\n\r\u2028\u2029"),
        (SENTENCE_END, ".!?…。！？؟।\n\r\u2028\u2029"),
        (POINT, ".,"),
    ):
        for char in chars:
            table[ord(char)] |= bit
    return table


def _entry(code: int) -> int:
    char = chr(code)
    category = unicodedata.category(char)
    if char.isspace():
        return SPACE
    if category[0] not in "LNM":
        return 0
    if category == "Nd":
        return ord("0") + unicodedata.decimal(char) | DIGIT
    base = [c for c in unicodedata.normalize("NFKD", char.lower()) if unicodedata.category(c) != "Mn"]
    # A ligature or a letter that lowers to several stays itself: one character in, one out.
    folded = ord(base[0]) if len(base) == 1 and ord(base[0]) < TABLE_SIZE else code
    return folded | (UPPER if category in {"Lu", "Lt"} else 0)


def beyond_the_table(codes: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Return the entries of code points above the basic plane: Han is solo, letters stay, emoji end a word."""
    is_han = (codes >= 0x20000) & (codes <= 0x3FFFF)
    is_emoji = (codes >= 0x1F000) & (codes <= 0x1FAFF)
    return np.where(is_emoji, 0, codes | np.where(is_han, SOLO, 0)).astype(np.uint32)
