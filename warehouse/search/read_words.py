"""Turns what a person types into a query of FTS5, in which no character can be a syntax error."""

import re

TOKEN = re.compile(r'(-?)"([^"]*)"?|(\S+)')


class NoWordsError(ValueError):
    """There is nothing in the words that could be looked for."""


def read_words(words: str) -> str:
    """Return the FTS5 query: all words must be there; "a phrase", -without, either OR other, begin*.

    Raises NoWordsError where no word is left to look for.
    """
    wanted: list[list[str]] = []
    unwanted: list[str] = []
    joins = False
    for minus, phrase, word in TOKEN.findall(words):
        if word == "OR" and wanted:
            joins = True
            continue
        is_unwanted = bool(minus) or (word.startswith("-") and len(word) > 1)
        term = _term(phrase or word.lstrip("-"))
        if term is None:
            continue
        if is_unwanted:
            unwanted.append(term)
        elif joins:
            wanted[-1].append(term)
        else:
            wanted.append([term])
        joins = False
    if not wanted:
        raise NoWordsError(f'nothing to look for in {words!r}; give a word or a "phrase"')
    query = " AND ".join(f"({' OR '.join(terms)})" for terms in wanted)
    return f"({query}) NOT ({' OR '.join(unwanted)})" if unwanted else query


def _term(text: str) -> str | None:
    """Return a quoted FTS5 string; a star after it asks for what begins so."""
    bare = text.rstrip("*").replace('"', "").replace("\0", "")
    if not any(character.isalnum() for character in bare):
        return None
    return f'"{bare}"*' if text.endswith("*") else f'"{bare}"'
