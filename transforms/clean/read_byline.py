"""Read the authors from a byline: a line that says nothing but who wrote it."""

import re

from copydesk.transforms.credits.name_office import EAST_ASIAN, is_desk
from copydesk.transforms.credits.read_credit import Credit, label_of, read_credit

_LONGEST = 160
_LONGEST_BARE = 80
_MOST_WORDS_BARE = 9
_LONGEST_DESK = 30
OTHER_SCRIPTS = re.compile(r"[\u0370-\u1fff\u3000-\u9fff\uac00-\ud7af]")
_BEHIND = re.compile(r"(?:(?<=\w)\s*\(|\s*[|•·–—]|\s+-\s|,?\s+(?:for|FOR)\s+(?=[A-ZÀ-Þ])).*")
"""What stands behind names, where a line holds nothing else: a bar with anything, a house."""
_PROPER = re.compile(
    r"(?:(?:The |the |of |de |do |da |du |le |la )*[A-ZÀ-Þ][\w.&'’-]*(?: |\Z)){1,5}|\w{1,3}\d\w?"
)
"""A name of whatever: "The Harbour Gazette", "g1"."""
_TITLE = re.compile(r"(?:Dr|Prof|Professor|Sir|Dame|Rev|Mrs?|Ms)\.? (?=\S+ \S)")
_STATE = re.compile(r", [A-Z]{2}\Z")
"""A place's, where no label says that the line is a byline."""


def read_byline(text: str) -> tuple[str, ...] | None:
    """Return the authors that a labelled byline ("By A. Name and B. Name, Staff Writer") names.

    An empty tuple: a byline that names no person ("By Staff"). None: no byline.
    """
    if len(text) > _LONGEST or not (label_of(text) or EAST_ASIAN.search(text) or text[:1] in "〔【（(["):
        return None
    credit = read_credit(_BEHIND.sub("", text))
    is_led = text[-1] not in ".!?" and (credit.people or credit.agencies)
    if not credit.is_labelled or not (
        all(map(_PROPER.fullmatch, credit.unknown)) if is_led else not credit.unknown
    ):
        return None
    return _untitled(credit.people) or (() if credit.parts else None)


def read_bare_byline(text: str) -> tuple[str, ...] | None:
    """Return the authors of a line that is nothing but two to four names, a name with a handle, or with an office."""
    if len(text) > _LONGEST_BARE or text.endswith(tuple(".!?:。।؟۔")) or len(text.split()) > _MOST_WORDS_BARE:
        return None
    if is_desk(text) and len(text) <= _LONGEST_DESK:
        return ()
    if "/" in text or label_of(text):  # what a stroke parts are a photographer and a house
        return None
    credit = read_credit(_BEHIND.sub("", text))
    return _untitled(credit.people) if credit.people and _is_bare(text, credit) else None


def _untitled(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_TITLE.sub("", name) for name in names))


def _is_bare(text: str, credit: Credit) -> bool:
    """Whether nothing but names and what belongs to them stands in a line."""
    is_other = OTHER_SCRIPTS.match(text) is not None
    is_led = is_other or text.startswith(credit.people[0])
    return is_led and not credit.unknown and not _STATE.search(text)
