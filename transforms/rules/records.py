"""What a rule file says, as records. A rule set pickles, so that it can be sent to a worker."""

import importlib
import re
import sys
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any, ClassVar

from copydesk.schemas.enums import SpanKind
from copydesk.transforms.extract.site_config import SiteConfigs
from copydesk.transforms.rules.find_words import Keys
from copydesk.transforms.rules.fold import find_tokens
from copydesk.transforms.rules.keyword_index import KeywordIndex

_parser: Any = importlib.import_module("re._parser")
EDGE = r"(?<!\w)"
"""What stands before the pattern of a part of a line."""


class Zone(StrEnum):
    """Where in a text a rule may act: before the story, behind it, next to a line of its kind, anywhere.

    Author: behind the story, in a line that opens with the full name of somebody who is not in the story. Column: as
    author, below a text that speaks to its readers.
    """

    HEAD = "head"
    TAIL = "tail"
    AUTHOR = "author"
    COLUMN = "column"
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
    """A form of line that is part of the story, whatever a rule thinks: a correction, a helpline.

    It is asked for like a rule of part of a line that may cut the end of any.
    """

    rule_id: str
    examples: tuple[str, ...]
    keeps: tuple[str, ...]
    zone: ClassVar[Zone] = Zone.ANY
    match: ClassVar[Match] = Match.PART
    max_words: ClassVar[int] = sys.maxsize
    is_glued: ClassVar[bool] = True


@dataclass(frozen=True)
class RulePattern:
    """One pattern of a rule or guard. `keys`: without one of them in a line, and a word beside it, it cannot match."""

    owner: Rule | Guard
    source: str
    keys: Keys | None
    rank: int = 0
    """The order of trying: guards, then rules of zone "any", then the others, each as the files have them."""

    @cached_property
    def longest(self) -> int:
        """The words of the longest line that it is asked about: of any, where it holds a line or may cut its end."""
        return sys.maxsize if self.owner.is_glued else self.owner.max_words

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The compiled source, without the word's edge before it: so it is searched for by its first letters."""
        return re.compile(self.source.removeprefix(EDGE))

    @cached_property
    def is_at_start(self) -> bool:
        """Whether the pattern can match at the start of a line alone."""
        bare = self.source.removeprefix(EDGE)
        return bare.startswith(r"(?:\A") and str(_parser.parse(bare)[0][1]).startswith("AT_BEGINNING")


@dataclass(frozen=True)
class Cue:
    """Words that speak for a kind of appeal, or for any, without deciding it; `weight` adds up over a line.

    `phrase` is words of find_cue_words, with a star where a word may go on; `group` numbers phrases that count once
    together. A line speaks one language: cues of others do not count beside it.
    """

    kind: SpanKind | None
    weight: float
    phrase: str
    group: int
    is_address: bool = False
    language: str | None = None

    @cached_property
    def spaced(self) -> str:
        """What stands in a line of the phrase, with blanks around: none behind an open end."""
        return f" {self.phrase[:-1]}" if self.phrase.endswith("*") else f" {self.phrase} "


@dataclass(frozen=True)
class FormIndex:
    """The forms of a zone by the words that must stand in a line; `always` need none."""

    lookup: KeywordIndex[RulePattern]
    always: tuple[RulePattern, ...]

    def find(self, folded: str, unquoted: str, words: tuple[str, ...]) -> list[RulePattern]:
        """Return the forms that may match a folded line, or cut its end, each once, in the order of trying."""
        count = len(words)
        found = self.lookup.find(folded, unquoted, words)
        if self.gate_of(count).match(folded):
            found += self.always
        by_rank = {form.rank: form for form in found if form.longest >= count}
        return [by_rank[rank] for rank in sorted(by_rank)] if len(by_rank) > 1 else list(by_rank.values())

    def compile(self) -> None:
        """Compile all patterns at once, as a process does that others are forked from."""
        for form in (*self.lookup.entries, *self.always):
            _ = form.pattern
        limits = {form.owner.max_words for form in self.always}
        for words_count in (*limits, max(limits, default=0) + 1):
            self.gate_of(words_count)

    @cached_property
    def gates(self) -> dict[int, re.Pattern[str]]:
        """Patterns by number of words, filled by `gate_of`."""
        return {}

    def gate_of(self, words_count: int) -> re.Pattern[str]:
        """Return what matches at the start of a line wherever one of `always` that takes so many words does.

        One try in place of many. Rules that may cut the end of a line are asked whatever its length.
        """
        if words_count not in self.gates:
            forms = [form for form in self.always if form.longest >= words_count]
            source = "|".join(map(_gate_of, forms)) or r"(?!)"
            known = [gate for gate in self.gates.values() if gate.pattern == source]
            self.gates[words_count] = known[0] if known else re.compile(source)
        return self.gates[words_count]


def _gate_of(form: RulePattern) -> str:
    return f"(?:{'.*?' if form.owner.match is Match.PART else ''}{form.source})"


@dataclass(frozen=True)
class RuleSet:
    """All rules of one version; `forms` are their patterns in the order of trying."""

    version: str
    rules: tuple[Rule, ...]
    forms: tuple[RulePattern, ...] = field(repr=False)
    cues: tuple[Cue, ...]
    zones: dict[Zone, FormIndex] = field(repr=False)
    """The forms of each zone; with those of "any", which every line is asked for, guards and what may cut its end."""
    cue_lookup: KeywordIndex[Cue] = field(repr=False)
    sites: SiteConfigs = field(default_factory=dict, repr=False)
    """The user's selectors for sites, by host."""

    def compile(self) -> None:
        """Compile all patterns at once, as a process does that others are forked from."""
        for index in self.zones.values():
            index.compile()

    @cached_property
    def kinds_beside(self) -> frozenset[SpanKind]:
        """The kinds of the rules of zone "beside"."""
        return frozenset(rule.kind for rule in self.rules if rule.zone is Zone.BESIDE)

    @cached_property
    def address_words(self) -> tuple[frozenset[str], tuple[str, ...]]:
        """Words, and beginnings of words, of which a line that addresses somebody holds one."""
        phrases = {cue.phrase for cue in self.cues if cue.is_address}
        begun = {phrase for phrase in phrases if phrase.endswith("*") and " " not in phrase}
        whole = frozenset(find_tokens(phrase)[0] for phrase in phrases - begun)
        return whole, tuple(sorted(phrase[:-1] for phrase in begun))

    def addresses(self, words: tuple[str, ...]) -> bool:
        """Return whether a line of these words speaks to somebody, or of the outlet as "we"."""
        whole, begun = self.address_words
        return any(word in whole or word.startswith(begun) for word in words)
