"""What is no person in a credit: an agency, an office, a newsroom, a house; and the name beside an office."""

import re

from copydesk.transforms.rules.fold import find_tokens, fold
from copydesk.transforms.text.words import any_of, phrases_of, words_of

_SHORT = words_of("agencies", "short")
_SIGNS = re.compile(r"[\W_]+")


def _plain(name: str) -> str:
    return " ".join(_SIGNS.sub(" ", fold(name).replace("ı", "i")).split())


_LONG = frozenset(map(_plain, phrases_of("agencies", "long")))
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


OFFICE = re.compile(any_of("offices", "office"), re.IGNORECASE)
"""The word that an office ends or begins with."""
ORGANISATIONS = words_of("no_names", "organisations")
EAST_ASIAN = re.compile(rf"(?:\s*{any_of('offices', 'east_asian')})+\Z")
"""An office behind a name, as Chinese, Japanese and Korean papers sign."""
_FIELDS = words_of("offices", "field")
_DESKS = words_of("no_names", "desks")
_DESK_WORDS = _DESKS | words_of("no_names", "around_desks")
_PHRASE = re.compile(
    rf"(?:[\w.&'’-]+ ){{0,4}}?{OFFICE.pattern}(?: (?:for|of|at|in|de|für|per) .{{2,30}})?|{OFFICE.pattern} \w+",
    re.IGNORECASE,
)
_CAPITALS = re.compile(r"[A-Z]{2,}(?: [A-Z]{2,})+(?: [A-Z]\w+)?")
_HANGUL = re.compile(r"[\uac00-\ud7a3]{2,4}\Z")
_LONGEST = 50


def is_office(text: str) -> bool:
    """Return whether words are an office ("Court Reporter"), or the newsroom ("Our Sports Desk")."""
    return _PHRASE.fullmatch(text) is not None or is_desk(text)


def is_desk(text: str) -> bool:
    """Return whether words name only the outlet's own newsroom."""
    words = find_tokens(fold(text))
    return not _DESKS.isdisjoint(words) and _DESK_WORDS.issuperset(words)


def is_house(name: str) -> bool:
    """Return whether a name ends as those of houses do, or is an agency's."""
    last = fold(name.partition(",")[0]).split()[-2:]
    return (name[:1].isupper() and not ORGANISATIONS.isdisjoint(last)) or name_agency(name) is not None


def reads_as_office(text: str) -> bool:
    """Return whether a line says what an author is or for whom: "Court Reporter", "Special for The Tide"."""
    if len(text) > _LONGEST or text.endswith((".", "!", "?", ":")):
        return False
    return bool(_PHRASE.fullmatch(text) or _CAPITALS.fullmatch(text)) or is_house(text)


def part_office(text: str) -> str:
    """Return the name of "Jo Doe Senior Political Reporter" or "Editor Jo Doe"; what has no office comes back."""
    bare = EAST_ASIAN.sub("", text)
    words = bare.split()
    if bare != text:
        # What stands before a name and its office is the paper: "조선일보 홍길동 기자".
        return words[-1] if words and _HANGUL.match(words[-1]) else bare
    offices = [place for place, word in enumerate(words) if OFFICE.fullmatch(word.strip("."))]
    if not offices:
        return text
    first = offices[0]
    while first and words[first - 1].casefold() in _FIELDS:
        first -= 1
    if first == 0 or words[0].casefold() in _FIELDS:
        return " ".join(words[offices[-1] + 1 :])
    ends = (place for place in range(2, first) if words[place].casefold() in _FIELDS)
    return text if first == 1 else " ".join(words[: next(ends, first)])
