"""Tells the people, agencies and houses of a page's or text's credits apart."""

from collections.abc import Iterable

from copydesk.transforms.credits.read_credit import Credit, read_credit
from copydesk.transforms.records import Authors
from copydesk.transforms.text.letters_of import letters_of

MOST_NAMES = 20


def collect_credits(texts: Iterable[str], *, houses: Iterable[str] = ()) -> Authors:
    """Return who is credited, each once, in order. `houses` are names of the outlet itself, which are nobody's."""
    own = frozenset(filter(None, map(letters_of, houses)))
    found = [_read(text, own) for text in texts]
    people = [as_written(name) for each in found for name in each.people]
    agencies = [name for each in found for name in each.agencies]
    organisations = [name for each in found for name in each.organisations]
    return Authors(_each_once(people), _each_once(agencies), _each_once(organisations))


def _read(text: str, own: frozenset[str]) -> Credit:
    """Read a credit; of a single name in small letters, make a name."""
    credit = read_credit(text, own=own)
    is_small = credit.parts == 1 and text.islower() and not credit.agencies
    return read_credit(text.title(), own=own) if is_small and " " in text else credit


def as_written(name: str) -> str:
    """Return a name as names are written: one in capitals has small letters behind its first."""
    return name.title() if name.isupper() else name


def _each_once(names: Iterable[str]) -> tuple[str, ...]:
    firsts: dict[str, str] = {}
    for name in names:
        firsts.setdefault(letters_of(name), name)
    return tuple(firsts.values())[:MOST_NAMES]
