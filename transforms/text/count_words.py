"""Counts the words of a text in any script, without a dictionary.

After Unicode's UAX #29: where spaces part words, a word is what stands between them and holds a letter or digit.
Chinese and Japanese part none, nor do Thai, Lao, Khmer and Burmese: there the letters are counted, and divided by how
many make a word.
"""

import re

_DENSE = re.compile(
    r"[\u3005\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)
_UNSPACED = re.compile(r"[\u0e01-\u0e30\u0e40-\u0e44\u0e81-\u0eae\u0ec0-\u0ec4\u1000-\u102a\u1780-\u17b3]")
_MAY_BE_UNSPACED = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3000-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)
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
    if text.isascii() or not _MAY_BE_UNSPACED.search(text):
        return _spaced_words(text)
    dense, unspaced = len(_DENSE.findall(text)), len(_UNSPACED.findall(text))
    spaced = _spaced_words(_DENSE.sub(" ", _MAY_BE_UNSPACED.sub(" ", text)))
    return spaced - (-dense // DENSE_LETTERS) - (-unspaced // UNSPACED_LETTERS)


def _spaced_words(text: str) -> int:
    if not text.isascii():
        text = _BEYOND_ASCII.sub(_plain, text)
    return f" {text}".encode("ascii").translate(_LETTERS, _SIGNS).count(b" a")


def _plain(found: re.Match[str]) -> str:
    sign = found[0]
    return "a" if sign.isalnum() else " " if sign.isspace() else ""
