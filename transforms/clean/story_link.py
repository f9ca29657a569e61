"""Whether a line behind the story has to do with it: by names, by words, by whom it speaks to, by whom it tells of."""

import re
from collections.abc import Iterable

from copydesk.schemas.enums import SpanKind
from copydesk.transforms.clean.lines import Line
from copydesk.transforms.rules.fold import find_tokens, fold
from copydesk.transforms.rules.records import RuleSet
from copydesk.transforms.text.words import words_of

_NAME = re.compile(r"(?<=[^\W\d_][ ,'’-])(?<![.!?] )[A-ZÀ-Þ](?:[\w'’-]{3,}|[A-Z]*\d[\w-]*)")
"""A capitalised word that begins no sentence, or a model ("X5"). German nouns count, which errs on the story's side."""
_WORD = r"[A-ZÀ-ÞŁŚŠŽ][\w'’.-]*"
_PARTICLE = r"(?:de|del|della|di|da|dos|do|du|van|von|der|den|ter|ten|la|le|el|al|bin|ibn|zu|af) "
_OPENING = re.compile(rf"[^\w\"'“”„«]*({_WORD}(?: (?:{_PARTICLE}){{0,2}}{_WORD}){{1,3}})[ ,]")
_NO_NAMES = words_of("openings", "no_names")
_STEM_CHARS = 6
_SHARED_STEMS = 0.4
_ADDRESSED_SHARE = 0.2
_NAMING = frozenset({SpanKind.AUTHOR_BOX, SpanKind.WIRE_CREDIT, SpanKind.CAPTION, SpanKind.BYLINE})
"""Leftovers that name people and places as the story does."""
_LONGEST_GLUED = 80
"""Words of a longer piece are a form's (all countries of the world)."""


def find_names(text: str) -> set[str]:
    """Return the capitalised words of a text that begin no sentence, folded."""
    tokens = {token for name in _NAME.findall(text) for token in find_tokens(fold(name))}
    return {token for token in tokens if len(token) > 3 or not (token.isalpha() or token.isdigit())}


def _stems(words: Iterable[str]) -> set[str]:
    return {word[:_STEM_CHARS] for word in words if len(word) >= _STEM_CHARS}


def is_linked(line: Line, story: list[Line], outlet: set[str]) -> bool:
    """Whether a line shares a name with the story, the outlet's own apart, or two in five of its longer words."""
    if not story:
        return True
    told = "".join(part.spaced for part in story)
    if any(f" {name} " in told for name in find_names(line.text) - outlet):
        return True
    stems = _stems(line.words) - _stems(outlet)
    return bool(stems) and sum(f" {stem}" in told for stem in stems) >= _SHARED_STEMS * len(stems)


def goes_on_as_story(line: Line, kind: SpanKind, story: list[Line], rules: RuleSet) -> bool:
    """Whether a leftover goes on with a sentence of the story, which shares a name with it and speaks to nobody."""
    if kind in _NAMING:
        return False
    rest = line.text[line.first_sentence_end :]
    names = find_names(rest)
    if not any(f" {name} " in part.spaced for part in story for name in names):
        return False
    piece = Line(0, len(rest), rest)
    is_sentence = piece.is_prose and piece.is_closed and piece.count <= _LONGEST_GLUED
    return is_sentence and not rules.addresses(piece.words)


def speaks_to_readers(is_addressed: list[bool]) -> bool:
    """Whether the story's paragraphs say "we" and "you" outside quotations, as columns and service pieces do."""
    return sum(is_addressed) > _ADDRESSED_SHARE * len(is_addressed)


def opens_with_stranger(line: Line, story: Iterable[Line]) -> bool:
    """Return whether `line` opens with two or more words of a name, the last of which the story does not hold."""
    found = _OPENING.match(line.text)
    if found is None:
        return False
    first, *_, last = fold(found[1]).split(" ")
    surname = last.rstrip(".").removesuffix("'s")
    return first not in _NO_NAMES and not any(surname in part.words for part in story)
