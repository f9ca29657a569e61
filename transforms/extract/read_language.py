"""Read the language of an article: what is declared, else what its letters say."""

import re

from transforms.extract.guess_language import guess_language

CODE = re.compile(r"^\s*([a-z]{2,3})(?:[-_][a-z0-9]+)*\s*$", re.IGNORECASE)
NO_LANGUAGE = frozenset({"und", "mul", "zxx"})
ENOUGH_CHARS = 40


def read_language(text: str, *declared: str | None) -> str | None:
    """Give an ISO 639 code: the first declared one, else the guess over `text`; null for too little text."""
    for claim in declared:
        match = CODE.match(claim or "")
        if match and (code := match[1].lower()) not in NO_LANGUAGE:
            return code
    if len(text) < ENOUGH_CHARS:
        return None
    return guess_language(text)
