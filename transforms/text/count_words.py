"""Counts the words of a text in any script, without a dictionary.

After Unicode's UAX #29: where spaces part words, a word is what stands between them and holds a letter or digit.
Chinese and Japanese part none, nor do Thai, Lao, Khmer and Burmese: there the letters are counted, and divided by how
many make a word.
"""

import re

from copydesk.transforms.text.may_hold import leads_of, may_hold

_DENSE = re.compile(
    r"[\u3005\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)
_UNSPACED = re.compile(r"[\u0e01-\u0e30\u0e40-\u0e44\u0e81-\u0eae\u0ec0-\u0ec4\u1000-\u102a\u1780-\u17b3]")
_MAY_BE_UNSPACED = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3000-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)
_UNSPACED_LEADS = leads_of(
    (0xE00, 0xEFF), (0x1000, 0x109F), (0x1780, 0x17FF), (0x3000, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x3FFFF)
)
_USUAL_SIGNS = re.compile(rb"\xe2\x80[\x8b-\xa7\xaa-\xae\xb0-\xbf]")
"""Dashes and quotation marks in UTF-8."""
_USUAL_LETTERS = re.compile(rb"\xc3[\x80-\x96\x98-\xb6\xb8-\xbf]")
"""Those of Western Europe."""
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
_LETTERS = bytes(ord("a") if chr(code).isalnum() else ord(" ") for code in range(128)).ljust(256)
_SIGNS = bytes(code for code in range(128) if not (chr(code).isalnum() or chr(code).isspace()))
DENSE_LETTERS = 2
"""Letters a word in Chinese and Japanese: the median of dictionary words is two, particles are one."""
UNSPACED_LETTERS = 4
"""Consonants and leading vowels a word in the scripts of South-East Asia; signs above and below are not counted."""


def count_words(text: str) -> int:
    """Return how many words a text has; lone signs are none.

    >>> count_words("Well, it's a well-known U.S. ferry — isn't it?")
    8
    """
    if not (may_hold(text, _UNSPACED_LEADS) and _MAY_BE_UNSPACED.search(text)):
        return _spaced_words(text)
    dense, unspaced = len(_DENSE.findall(text)), len(_UNSPACED.findall(text))
    spaced = _spaced_words(_DENSE.sub(" ", _MAY_BE_UNSPACED.sub(" ", text)))
    return spaced - (-dense // DENSE_LETTERS) - (-unspaced // UNSPACED_LETTERS)


def _spaced_words(text: str) -> int:
    written = text.encode("utf-8", "surrogatepass")
    if not written.isascii():
        written = _USUAL_SIGNS.sub(b"", written).replace(b"\xc2\xa0", b" ")
        written = _USUAL_LETTERS.sub(b"a", written)
    if not written.isascii():
        written = _BEYOND_ASCII.sub(_plain, text).encode("ascii")
    return (b" " + written).translate(_LETTERS, _SIGNS).count(b" a")


def _plain(found: re.Match[str]) -> str:
    sign = found[0]
    return "a" if sign.isalnum() else " " if sign.isspace() else ""
