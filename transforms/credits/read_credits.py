"""Tells the people, agencies and houses of a page's or text's credits apart."""

from collections.abc import Iterable
from dataclasses import dataclass

from copydesk.transforms.credits.is_person_name import ARTICLES, ORGANISATION_WORDS, is_person_name
from copydesk.transforms.credits.name_agency import name_agency
from copydesk.transforms.credits.split_credit import split_credit
from copydesk.transforms.rules.fold import fold
from copydesk.transforms.text.letters_of import letters_of

MOST_NAMES = 20
_LONGEST_HOUSE_WORDS = 6


@dataclass(frozen=True, slots=True)
class Credits:
    """Names, each once, in the order in which they were credited."""

    people: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()


def read_credits(texts: Iterable[str], *, houses: Iterable[str] = ()) -> Credits:
    """Return who is credited. `houses` are names of the outlet itself, which are nobody's."""
    own = frozenset(filter(None, map(letters_of, houses)))
    people: dict[str, str] = {}
    agencies: dict[str, str] = {}
    organisations: dict[str, str] = {}
    for name in (name for text in texts for name in _names(text)):
        agency = name_agency(name)
        if agency:
            agencies.setdefault(agency.casefold(), agency)
        elif _is_house(name, own):
            organisations.setdefault(name.casefold(), name)
        elif is_person_name(name):
            people.setdefault(letters_of(name), name.title() if name.isupper() else name)
    return Credits(*(tuple(found.values())[:MOST_NAMES] for found in (people, agencies, organisations)))


def _is_house(name: str, own: frozenset[str]) -> bool:
    """Whether a name is the outlet's, or holds a word of organisations."""
    letters, words = letters_of(name), fold(name).split()
    if not letters or len(words) > _LONGEST_HOUSE_WORDS:
        return False
    if letters in own or not ORGANISATION_WORDS.isdisjoint(words):
        return True
    if len(words) > 1 and not (len(words) == 2 and words[0] in ARTICLES):
        return any(house in letters for house in own if len(house) > 5)
    return any(letters in house or house in letters for house in own)


def _names(text: str) -> list[str]:
    """Part a credit; of one that is a single name in small letters, make a name."""
    names = split_credit(text)
    return [names[0].title()] if len(names) == 1 and names[0].islower() and " " in names[0] else names
