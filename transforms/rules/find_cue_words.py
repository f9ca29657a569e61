"""The words of a text for weighing: "don't" is not "don", "U.S." is not "u", and "US" is not "us"."""

import re

_WORD = re.compile(r"(?:\w\.){2,}\w?|\w+(?:'(?:t|re|ve|ll|d|m)\b)?")
"""Initials with their stops, or a word with what English ties to it. An elision ("l'info") is a word of its own."""


def find_cue_words(folded: str, text: str | None = None) -> tuple[str, ...]:
    """Return the words of a folded text, in order; a word in capitals among others keeps them.

    `text` is what was folded, of the same length; without it no word keeps capitals.
    """
    if text is None or text.isupper():
        return tuple(_WORD.findall(folded))
    return tuple(_written(found, text) for found in _WORD.finditer(folded))


def _written(found: re.Match[str], text: str) -> str:
    written = text[found.start() : found.end()]
    return written if len(written) > 1 and written.isupper() else found[0]
