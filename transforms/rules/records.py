"""What a rule file says, as records. A rule set pickles, so that it can be sent to a worker."""

import re
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from schemas.enums import SpanKind
from transforms.rules.lookup import Lookup


class Zone(StrEnum):
    """Where in a text a rule may act: before the story, behind it, next to a line of its kind, anywhere."""

    HEAD = "head"
    TAIL = "tail"
    BESIDE = "beside"
    ANY = "any"


class Match(StrEnum):
    """How much of a line a rule must cover: all of it, its beginning, any part; or all of its words by a list."""

    LINE = "line"
    START = "start"
    PART = "part"
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of a file. A rule by words takes a line all of whose words are in `only`, `least` in `needs`."""

    rule_id: str
    kind: SpanKind
    zone: Zone
    match: Match
    languages: tuple[str, ...]
    examples: tuple[str, ...]
    keeps: tuple[str, ...]
    since: str
    source: str
    max_words: int
    is_glued: bool
    only: frozenset[str] = frozenset()
    needs: frozenset[str] = frozenset()
    least: int = 1


@dataclass(frozen=True, slots=True)
class Guard:
    """A form of line that is part of the story, whatever a rule thinks: a correction, a helpline."""

    rule_id: str
    languages: tuple[str, ...]
    examples: tuple[str, ...]
    keeps: tuple[str, ...]


@dataclass(frozen=True)
class Form:
    """One pattern of a rule or guard. `keys`: without one of them in a line it cannot match (find_words)."""

    owner: Rule | Guard
    source: str
    keys: frozenset[str] | None
    max_words: int
    rank: int
    """The order of trying: guards, then rules of zone "any", then the others, each as the files have them."""

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The compiled source; most forms of a process never meet a line that holds their words."""
        return re.compile(self.source)


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that speak for a kind of appeal, or for any, without deciding it; `weight` adds up over a line.

    `phrase` is folded words, with a star where a word may go on; `group` numbers phrases that count once together.
    """

    kind: SpanKind | None
    weight: float
    phrase: str
    group: int
    is_address: bool = False


@dataclass(frozen=True)
class RuleSet:
    """All rules of one version. Forms and cues are found by the words that must stand in a line."""

    version: str
    rules: tuple[Rule, ...]
    guards: tuple[Guard, ...]
    cues: tuple[Cue, ...]
    lookup: Lookup[Form] = field(repr=False)
    always: tuple[Form, ...] = field(repr=False)
    cue_lookup: Lookup[Cue] = field(repr=False)

    @cached_property
    def gate(self) -> re.Pattern[str]:
        """Matches at the start of a line wherever one of `always` does: one try in place of many."""
        return re.compile("|".join(map(_gate_of, self.always)) or r"(?!)")


def _gate_of(form: Form) -> str:
    anywhere = isinstance(form.owner, Guard) or form.owner.match is Match.PART
    return f"(?:{'.*?' if anywhere else ''}{form.source})"
