"""Names the lines of a body, so that only those are looked at whose name another article of the site carries too.

A key says less than a line does and costs little. Changed keys need a migration that fills site_keys again.
"""

import hashlib
import re
from hashlib import blake2b

from copydesk.transforms.rules.fold import fold

_SIGNS = re.compile(r"[\W\d_]+")
_ASCII_SIGNS = bytes(code for code in range(128) if not chr(code).isalpha())
_USUAL = {**dict.fromkeys("’‘–—…•", "-"), "\u00a0": " "}
_QUOTES = '"“”„‟«»‹›<>'

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_OWNED = re.compile(r"©|\(c\)|copyright")
_COUNTER = re.compile(
    r"\b\d[\d.,]*(?= ?(?:comments?|shares?|likes?|views?|min(?:ute)?s? read|kommentare?|commentaires?|comentarios?"
    r"|comentarios?|commenti|reacties)\b)|(?<=\()\d+(?: \w+)?(?=\)\Z)"
)
_GAP = re.compile(r"\W+")


def line_keys(body: str) -> list[int]:
    """Return the distinct keys of the paragraphs of a body, sorted."""
    return sorted({key for line in body.split("\n\n") if (key := line_key(line)) is not None})


def line_key(line: str) -> int | None:
    """Return the hash in 40 bits of the letters of `fold_line`, or None for a line that is never sighted.

    Lines that are the same under `fold_line` have the same key; others may, as those that differ in their digits.
    Never sighted: what holds no letter, or a quotation mark.
    """
    if not line.isascii():
        for sign, plain in _USUAL.items():  # most of what is not ASCII in English; no letter among it
            line = line.replace(sign, plain)
    if line.isascii():
        if '"' in line or "<" in line or ">" in line:
            return None
        letters = line.lower().encode().translate(None, _ASCII_SIGNS)
    else:
        if any(quote in line for quote in _QUOTES):
            return None
        letters = _letters(fold(line))
    if not letters:
        return None
    if line.endswith(")"):  # a counter in brackets at the end takes its word along
        letters = _letters(fold_line(line))
    return _hash(letters)


def key_of_folded(line: str) -> int:
    """Return the key of the lines that `fold_line` folds to this one, as site_lines has it."""
    return _hash(_letters(line))


def _hash(letters: bytes) -> int:
    return int.from_bytes(blake2b(letters, digest_size=5).digest(), "big")


def _letters(folded: str) -> bytes:
    return _SIGNS.sub("", folded).encode()


def fold_line(line: str) -> str:
    """Return `line` without case, accents, punctuation, years of copyright and counters.

    All other digits count: the closing prices of two days are two lines.
    """
    folded = fold(line)
    if _OWNED.search(folded):
        folded = _YEAR.sub("0", folded)
    return _GAP.sub(" ", _COUNTER.sub("0", folded)).strip()


def hash_line(site: str, place: str, key: str) -> int:
    """Return the 64-bit name of a line of a site at a place of its articles."""
    return int.from_bytes(hashlib.sha256(f"{site}\n{place}\n{key}".encode()).digest()[:8], "big")
