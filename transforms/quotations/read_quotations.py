"""Read the quotations of a text with who says them, where the words beside them state it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypedDict

from copydesk.transforms.credits.is_person_name import is_person_name
from copydesk.transforms.languages.load_language import Speech, load_language
from copydesk.transforms.quotations.find_speaker import (
    LISTENED,
    NO_NAMES,
    TOKENS,
    Speaker,
    speaker_before,
    speaker_behind,
)
from copydesk.transforms.text.words import list_of, words_of

NEAR_CHARS = 160
"""So far from its marks a clause is looked for."""
LEAST_WORDS = 5
"""Fewer words that nobody is named for may be a title, or a word held at arm's length."""
MOST_BETWEEN_WORDS = 16
_SPOKEN_ON = (",", "?", "!", "-", "–", "—", "…", "’", "'")
"""How a quotation ends that a clause behind it goes on."""
_DAYS, _TITLES = (words_of("speakers", name) for name in ("days", "titles"))
_OFFICES = tuple(list_of("speakers", "offices"))

LEAST_CHARS = 3
MOST_FORENAMES = 3
BEFORE_CHARS = 48
_known = lru_cache(4096)(is_person_name)
"""The same people speak in many articles."""


class MarkPositions(TypedDict):
    """Where the marks of a quotation stand in its text."""

    opens: int
    closes: int


@dataclass(frozen=True, slots=True)
class Quotation:
    """What stands between marks, who says it, and the words that name them."""

    text: str
    speaker: str | None
    evidence: str | None


def read_quotations(text: str, language: str | None, places: Sequence[MarkPositions]) -> list[Quotation]:
    """Return the quotations at some places of a text: those of five words or more, and those with a speaker.

    One that its paragraph does not close is left out. Speakers are read in the languages whose file has `[speech]`.
    """
    known = load_language(language or "")
    speech = known.speech if known else None
    names: dict[str, str | None] = {}
    found: list[Quotation] = []
    last: Speaker | None = None
    last_end = 0
    for number, place in enumerate(places):
        begin, end = place["opens"], place["closes"]
        words = text[begin + 1 : end].strip(" \u00a0\u202f'`")
        if not words or text[end : end + 1] in ("", "\n"):
            continue
        speaker = name = None
        if speech:
            after = places[number + 1]["opens"] if number + 1 < len(places) else len(text)
            before = text[max(places[number - 1]["closes"] + 1 if number else 0, begin - NEAR_CHARS) : begin]
            behind = text[end + 1 : min(after, end + 1 + NEAR_CHARS)].partition("\n")[0]
            speaker = _speaker(words, before.rpartition("\n")[2].rstrip(), behind, speech)
            if not speaker and last and "\n" not in before:
                speaker = _same_speaker(text[last_end + 1 : begin], last, speech)
        if speaker:
            if speaker.name not in names:
                names[speaker.name] = name_speaker(speaker.name, text)
            name = names[speaker.name]
        last, last_end = speaker if name else None, end
        if name or len(words.split()) >= LEAST_WORDS:
            found.append(Quotation(words, name, speaker.evidence if speaker and name else None))
    return found


def _speaker(words: str, before: str, behind: str, speech: Speech) -> Speaker | None:
    """Return who the words beside a quotation name, those behind it first."""
    found = None
    leads_on = words.endswith(("?", "!", "…")) and behind.rstrip().endswith(":") and "." not in behind
    if (words.endswith(_SPOKEN_ON) and not leads_on) or behind.lstrip()[:1] in (",", "–", "—"):
        found = speaker_behind(behind, speech)
    if not found and before and before[-1] not in ".!?;":
        found = speaker_before(before, speech)
    return found


def _same_speaker(between: str, last: Speaker, speech: Speech) -> Speaker | None:
    """Return who spoke before where nothing but that clause, or a pronoun with a verb, stands between."""
    _, stated, rest = between.partition(last.evidence)
    if "\n" in between or not stated:
        return None
    words = TOKENS.findall(rest)
    is_heard = not words and last.evidence.endswith(tuple(LISTENED))
    if is_heard or len(words) > MOST_BETWEEN_WORDS or sum(word in ".!?" for word in words) > 1:
        return None
    if any(word[0].isupper() and word not in _DAYS and word.lower() not in speech.pronouns for word in words):
        return None
    has_verb = any(word in speech.verbs or word in speech.verbs_behind for word in words)
    has_pronoun = any(word.lower() in speech.pronouns for word in words)
    return last if has_pronoun or not has_verb else None


def name_speaker(stated: str, text: str) -> str | None:
    """Return a stated name without its titles; one word alone takes the forenames before its first place in the text.

    None where it is no name of a person: a word alone that the text never gives with a forename or title.
    """
    words = stated.split()
    if _is_title(words[-1]):
        return None
    titles = [number for number, word in enumerate(words[:-1]) if _is_title(word) or words[:-1] == ["M."]]
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
        if _is_title(word):
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


def _is_title(word: str) -> bool:
    """Return whether a word is one of a title or office: what stands before the last of them is no part of a name."""
    small = word.lower()
    return small in _TITLES or small.endswith(_OFFICES)
