"""The form under which a line of one article is the same line in another article of its site."""

import hashlib
import re

from copydesk.transforms.rules.fold import fold

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_OWNED = re.compile(r"©|\(c\)|copyright")
_COUNTER = re.compile(
    r"\b\d[\d.,]*(?= ?(?:comments?|shares?|likes?|views?|min(?:ute)?s? read|kommentare?|commentaires?|comentarios?"
    r"|comentarios?|commenti|reacties)\b)|(?<=\()\d+(?: \w+)?(?=\)\Z)"
)
_GAP = re.compile(r"\W+")


def key_line(line: str) -> str:
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
