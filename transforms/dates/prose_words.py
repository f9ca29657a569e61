"""The words of prose that tell what a date is the date of: tenses, stamps, spans of years; and its sentence.

The tenses are told in lower case: a search without regard to case is several times as slow.
"""

import re

from copydesk.transforms.text.words import any_of

FUTURE = re.compile(rf"\b{any_of('tenses', 'future')}\b")
"""Words that tell of what is still to come."""

FIRM_FUTURE = re.compile(rf"\b{any_of('tenses', 'firm')}\b")
"""Words that tell of what is to come from where the writer stands, not from where somebody once stood."""

UNSURE = re.compile(rf"\b{any_of('tenses', 'unsure')}\b")
"""Words that leave open whether a month or year told beside them is over."""

IN_YEAR = re.compile(rf"\b{any_of('tenses', 'in_year')}\s(?:early |late |mid-)?$", re.IGNORECASE)
"""What stands before a year in which something happened, and not before `the 2016 race`."""

DUE = re.compile(rf"\b{any_of('tenses', 'due')}\W+(?:\w+\W+){{0,2}}$", re.IGNORECASE)
"""What stands before a day on which something is to be done, also where the sentence is told as past."""

PAST = re.compile(rf"\b{any_of('tenses', 'past')}\b")
"""Words that tell of what is over."""

PRESENT_CLAUSE = re.compile(r"^(?:that|which|who)\s+(?!(?:was|has|its|this|his|does|is)\b)[a-z]+(?<!s)s\s")
"""A clause that opens with a verb in the present tense: `that moves into its sixth year on Tuesday`."""

PRINT_STAMP = re.compile(rf"\b{any_of('stamps', 'printed')}", re.IGNORECASE)
CAPTURE = re.compile(any_of("stamps", "captured"), re.IGNORECASE)
PHOTO = re.compile(any_of("stamps", "pictured"), re.IGNORECASE)
COPYRIGHT = re.compile(
    r"©|\(c\)\s*\d|\bcopyright\b|\ball rights reserved\b|\balle rechte\b|\btous droits\b", re.IGNORECASE
)

NUMBERS = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
           "ten": 10, "eleven": 11, "twelve": 12, "zwei": 2, "drei": 3, "vier": 4, "fünf": 5, "sechs": 6, "deux": 2,
           "trois": 3, "quatre": 4, "cinq": 5, "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "dois": 2, "duas": 2,
           "três": 3, "quatro": 4, "due": 2, "tre": 3, "quattro": 4, "cinque": 5, "twee": 2, "drie": 3,
           "vijf": 5}  # fmt: skip
OVER_YEARS = re.compile(
    rf"\b(?P<just>{any_of('tenses', 'just_over')})\s+(?P<n>\w+)\s+(?:years?|jahren?|ans|années|años|anos|anni|jaar)\b",
    re.IGNORECASE,
)
"""`just over two years`: more than two and less than three."""

STARTS = re.compile(rf"\b{any_of('tenses', 'starts')}\b", re.IGNORECASE)
"""Words that make a date the start of something that a duration can count from."""

_BREAK = re.compile(r"[.!?…]([\s”\"’)]+)(?=[\"“„«(]?[A-ZÄÖÜÀ-ÝÑ])")
_CLAUSES = re.compile(r".*(?:[,;:–—]\s|\b(?=(?:that|which|who|and) ))", re.DOTALL)


def sentence_before(before: str) -> str:
    """Return what of the last sentence stands in the line before a place."""
    end = 0
    for match in _BREAK.finditer(before):
        end = match.end()
    return before[end:]


def sentence_after(after: str) -> str:
    """Return what of the first sentence stands in the line after a place."""
    match = _BREAK.search(after)
    return after[: match.start(1)] if match else after


def clause_before(before: str) -> str:
    """Return the last clause of the text before a place."""
    told = _CLAUSES.match(before)
    return before[told.end() :] if told else before


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
