"""The form in which a text is the same text, whatever became of its case, spaces and signs."""

import re
from collections.abc import Iterable

_PARTING = "\x00"
_ASCII_SIGNS = bytes(code for code in range(1, 128) if not chr(code).isalnum())
_SIGNS = re.compile(r"[^\x00-\x7f\w]")
"""Signs beyond ASCII, where ASCII has none left; one at a time is a third of the cost of runs of them."""


def letters_of(text: str) -> str:
    """Reduce a text to its letters and digits, case folded."""
    return _reduce(text).replace(_PARTING, "")


def letters_of_each(texts: Iterable[str]) -> list[str]:
    """Return the letters of many texts, in one go; no text may hold a NUL."""
    return _reduce(_PARTING.join(texts)).split(_PARTING)


def _reduce(text: str) -> str:
    letters = text.casefold().encode("utf-8", "surrogatepass").translate(None, _ASCII_SIGNS)
    folded = letters.decode("utf-8", "surrogatepass")
    return folded if folded.isascii() else _SIGNS.sub("", folded)
