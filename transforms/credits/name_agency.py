"""Knows the world's news agencies by the names under which they are credited.

Enters: one name of a credit. Leaves: the agency, as the credit writes it, without the words around it.
"""

import re

from copydesk.transforms.rules.fold import fold
from copydesk.transforms.text.words import any_of, words_of

_SHORT = words_of("agencies", "short")
_SIGNS = re.compile(r"[\W_]+")


def _plain(name: str) -> str:
    return " ".join(_SIGNS.sub(" ", fold(name).replace("ı", "i")).split())


_LONG = frozenset(map(_plain, any_of("agencies", "long")[3:-1].split("|")))
_BEFORE, _BEHIND = words_of("agencies", "before"), words_of("agencies", "behind")


def name_agency(name: str) -> str | None:
    """Return the agency that a name is; null where it is none.

    >>> name_agency("The Associated Press")
    'Associated Press'
    """
    words = name.strip(" .,:;()[]-").split()
    if len(words) > 1 and _plain(words[0]) in _BEFORE and _plain(" ".join(words)) not in _LONG:
        words = words[1:]
    for end in range(len(words), 0, -1):
        found = " ".join(words[:end])
        if (found in _SHORT or _plain(found) in _LONG) and all(
            _plain(word) in _BEHIND for word in words[end:]
        ):
            return found
    return None
