"""The words of a folded text."""

import re

_TOKEN = re.compile(r"\w+")
_ASCII_GAPS = str.maketrans({sign: " " for sign in map(chr, range(128)) if not _TOKEN.match(sign)})


def find_tokens(folded: str) -> tuple[str, ...]:
    """Return the words of a folded text, in order."""
    if folded.isascii():
        return tuple(folded.translate(_ASCII_GAPS).split())
    return tuple(_TOKEN.findall(folded))
