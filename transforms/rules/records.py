"""What a rule file says, as records. Compiled patterns pickle, so a rule set can be sent to a worker."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from schemas.enums import SpanKind


class Zone(StrEnum):
    """Where in a text a rule may act: before the story, in it, after it."""

    HEAD = "head"
    BODY = "body"
    TAIL = "tail"
    ANY = "any"


class Match(StrEnum):
    """How much of a line a rule must cover: all of it, its beginning, any part; or all of its words by a list."""

    LINE = "line"
    START = "start"
    PART = "part"
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of a file, ready to be applied.

    `words`: one of these stands in a line or the rule cannot match it. A rule that matches by words takes a line
    all of whose words are in `only`, at least `least` different ones of them in `words`.
    """

    rule_id: str
    kind: SpanKind
    zone: Zone
    match: Match
    pattern: re.Pattern[str]
    words: frozenset[str] | None
    languages: tuple[str, ...]
    examples: tuple[str, ...]
    keeps: tuple[str, ...]
    since: str
    source: str
    max_words: int
    is_glued: bool
    only: frozenset[str] = frozenset()
    least: int = 1


@dataclass(frozen=True, slots=True)
class Guard:
    """A form of line that is part of the story, whatever a rule thinks: a correction, a helpline."""

    rule_id: str
    pattern: re.Pattern[str]
    words: frozenset[str] | None
    languages: tuple[str, ...]
    examples: tuple[str, ...]
    keeps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that speak for a kind of appeal, or for any, without deciding it; `weight` adds up over a line."""

    kind: SpanKind | None
    weight: float
    pattern: re.Pattern[str]
    words: frozenset[str] | None
    text: str


@dataclass(frozen=True, slots=True)
class RuleSet:
    """All rules of one version, indexed by the words that must stand in a line for them to match."""

    version: str
    rules: tuple[Rule, ...]
    guards: tuple[Guard, ...]
    cues: tuple[Cue, ...]
    by_word: Mapping[str, tuple[Rule | Guard | Cue, ...]] = field(repr=False)
    always: tuple[Rule | Guard | Cue, ...] = field(repr=False)
