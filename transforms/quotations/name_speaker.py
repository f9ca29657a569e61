"""Name a speaker as fully as the text does where it first names them."""

from functools import lru_cache

from copydesk.transforms.credits.is_person_name import is_person_name
from copydesk.transforms.quotations.sayings import NO_NAMES, is_title

LEAST_CHARS = 3
MOST_FORENAMES = 3
BEFORE_CHARS = 48
_known = lru_cache(4096)(is_person_name)
"""The same people speak in many articles."""


def name_speaker(stated: str, text: str) -> str | None:
    """Return a stated name without its titles; one word alone takes the forenames before its first place in the text.

    None where it is no name of a person: a word alone that the text never gives with a forename or title.
    """
    words = stated.split()
    if is_title(words[-1]):
        return None
    titles = [number for number, word in enumerate(words[:-1]) if is_title(word) or words[:-1] == ["M."]]
    own = words[titles[-1] + 1 if titles else 0 :]
    if len(own) > 1:
        full = " ".join(own)
        return full if _known(full) else None
    return _first_named(own[0], text, has_title=bool(titles))


def _first_named(name: str, text: str, *, has_title: bool) -> str | None:
    """Return the fuller form where the name stands first, the name where it is fuller or has a title anywhere else."""
    if len(name) < LEAST_CHARS:
        return None
    is_first, at = True, text.find(name)
    while at >= 0:
        end = at + len(name)
        if not text[end : end + 1].isalnum() and not text[at - 1 : at].isalnum():
            forenames, is_titled = _forenames(text[max(0, at - BEFORE_CHARS) : at])
            full = " ".join([*forenames, name])
            if is_first and forenames and _known(full):
                return full
            if has_title or forenames or is_titled:
                return name
            is_first = False
        at = text.find(name, end)
    return None


def _forenames(before: str) -> tuple[list[str], bool]:
    """Return the capitalised words right before a name, and whether a title stands before them."""
    if before[-1:] not in " \u00a0":
        return [], False
    names: list[str] = []
    for word in reversed(before.rpartition("\n")[2].split()):
        if is_title(word):
            return names, True
        is_initial = len(word) == 2 and word[1] == "."
        is_name = (
            word[0].isupper()
            and (word[-1].isalpha() or is_initial)
            and not (word.isupper() and len(word) > 2)
        )
        if not is_name or word.endswith(("’s", "'s")):
            # "of National Intelligence X", "the United Nations X": what such a word leads to is a house
            return names[-1:] if word in ("of", "the") else names, False
        if word.lower() in NO_NAMES or len(names) == MOST_FORENAMES:
            return names, False
        names.insert(0, word)
    return names, False
