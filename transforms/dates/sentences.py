"""Small views of the sentence around a place in a text."""

import re

from copydesk.transforms.dates.prose_words import FUTURE, PRESENT_CLAUSE

_BREAK = re.compile(r"(?<=[.!?…])[\s”\"’)]+(?=[\"“„«(]?[A-ZÄÖÜÀ-ÝÑ])|\n+")
_CLAUSE = re.compile(r"[,;:–—]\s|\b(?=that |which |who |and )")


def sentence_before(before: str) -> str:
    """Return what of the last sentence stands in the text before a place."""
    return _BREAK.split(before)[-1]


def sentence_after(after: str) -> str:
    """Return what of the first sentence stands in the text after a place."""
    return _BREAK.split(after, maxsplit=1)[0]


def clause_before(before: str) -> str:
    """Return the last clause of the text before a place."""
    return _CLAUSE.split(before)[-1]


def tense_at(text: str, at: int) -> str:
    """Tell whether the clause up to a place tells of what is to come (future) or of what was (past)."""
    start = max(text.rfind("\n", 0, at) + 1, at - 160)
    clause = clause_before(sentence_before(text[start:at])).lower()
    is_future = FUTURE.search(clause[-90:]) or PRESENT_CLAUSE.match(clause.strip())
    return "future" if is_future else "past"


def is_quoted(text: str, at: int) -> bool:
    """Tell whether a place lies within a quotation: opened on its line and not closed before it."""
    start = max(text.rfind("\n", 0, at) + 1, at - 600)
    before = text[start:at]
    opened = max(before.rfind(mark) for mark in "“„«")
    closed = max(before.rfind(mark) for mark in "”»")
    return opened > closed or before.count('"') % 2 == 1
