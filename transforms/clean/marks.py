"""The working sheet of cleaning: lines with what was decided of each."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from copydesk.schemas.enums import READ_INTO_COLUMNS, SpanAction, SpanKind
from copydesk.transforms.clean.judge_line import Judgement, find_rule
from copydesk.transforms.clean.lines import Line
from copydesk.transforms.clean.read_byline import read_byline
from copydesk.transforms.clean.read_timestamp import form_of_timestamp, is_timestamp
from copydesk.transforms.clean.weigh_cues import Cues, weigh_cues
from copydesk.transforms.records import Image, Span
from copydesk.transforms.rules.records import Rule, RuleSet, Zone
from copydesk.transforms.text.words import any_of

ABOVE_THE_STORY = frozenset({SpanKind.TITLE_LINE, SpanKind.DUPLICATE_TITLE, SpanKind.DEK})
"""Kinds that a page shows and reading the head finds as well, and then reads into columns."""

_SALUTATION_LINES = 6
_TO_THE_EDITOR = re.compile(rf"{any_of('openings', 'to_the_editor')}\W*")
"""How letters to a paper begin, whose appeals are their writers' own."""

_LONGEST_HEADING = 60
_LEAST_ENTRY_WORDS = 3
"""What an entry tells is a sentence, or as long as one."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Why a line leaves: kind, the rule or argument by name, and the words or neighbours it rests on."""

    kind: SpanKind
    rule_id: str
    evidence: str
    confidence: float = 1.0

    @property
    def action(self) -> SpanAction:
        """Whether the line is also read into a column."""
        return SpanAction.METADATA if self.kind in READ_INTO_COLUMNS else SpanAction.DROP


@dataclass(slots=True)
class Sheet:
    """Lines in order with their judgements and marks; a line without a mark is body."""

    lines: list[Line]
    judgements: list[Judgement]
    marks: list[Mark | None]
    rules: RuleSet
    glued: frozenset[int] = frozenset()
    """Lines at whose end a leftover was cut off."""
    title: str | None = None
    dek: str | None = None
    authors: tuple[str, ...] = ()
    images: list[Image] = field(default_factory=list)
    cues: dict[int, Cues] = field(default_factory=dict)
    """Of those lines that somebody asked about (cues_of)."""
    date_headings: frozenset[int] = frozenset()
    """Dates and times that head entries of the story, of the lines that are open."""

    def mark(self, index: int, kind: SpanKind, rule_id: str, evidence: str, confidence: float = 1.0) -> None:
        """Note why a line leaves."""
        self.marks[index] = Mark(kind, rule_id, evidence, confidence)

    def open(self) -> list[int]:
        """Return the indexes of lines that nothing has marked yet."""
        return [index for index, mark in enumerate(self.marks) if mark is None]

    @property
    def is_letter(self) -> bool:
        """Whether the text is a letter to its paper."""
        return any(_TO_THE_EDITOR.fullmatch(line.fold) for line in self.lines[:_SALUTATION_LINES])

    def add_authors(self, names: tuple[str, ...]) -> None:
        """Note who is named as author, each once."""
        self.authors = (*self.authors, *(name for name in names if name not in self.authors))

    def mark_spans(self, spans: Iterable[Span], kinds: frozenset[SpanKind]) -> None:
        """Mark the open lines within the page's spans of these kinds; a line that a guard holds stays."""
        wanted = [span for span in spans if span.kind in kinds]
        for index in self.open():
            line = self.lines[index]
            for span in wanted:
                is_within = span.start_char <= line.start and line.end <= span.end_char
                if is_within and (not self.judgements[index].guard or span.kind in ABOVE_THE_STORY):
                    self.marks[index] = Mark(span.kind, span.rule_id, span.evidence, span.confidence_ratio)

    def mark_headings(self) -> None:
        """Find the dates that head entries among the lines that nothing has marked yet."""
        left = self.open()
        found = _find_date_headings([self.lines[index] for index in left])
        self.date_headings = frozenset(left[at] for at in found)

    def rule_in(self, index: int, zone: Zone) -> Rule | None:
        """Return the rule of a zone that takes a line; sought once, and not for a line that a rule takes anywhere."""
        known = self.judgements[index].by_zone
        if zone not in known:
            known[zone] = find_rule(self.lines[index], zone, self.rules)
        return known[zone]

    def cues_of(self, index: int) -> Cues:
        """Return what the words of a line speak for; weighed once, and only where somebody asks."""
        if index not in self.cues:
            self.cues[index] = weigh_cues(self.lines[index], self.rules)
        return self.cues[index]

    def is_addressed(self, index: int) -> bool:
        """Return whether the words of a line address somebody; most paragraphs hold no word that could."""
        line, (whole, begun) = self.lines[index], self.rules.address_words
        may_be = not whole.isdisjoint(line.words) or any(map(line.fold.__contains__, begun))
        return may_be and self.cues_of(index).is_addressed

    def is_free(self, index: int) -> bool:
        """Return whether a line is unmarked, no guard holds it, and it heads no entry of the story."""
        is_held = bool(self.judgements[index].guard) or index in self.date_headings
        return self.marks[index] is None and not is_held


def _find_date_headings(lines: Sequence[Line]) -> frozenset[int]:
    """Return which lines are dates, or times, two or more that each head a text; those beside a byline do not count."""
    by_form: dict[str, list[int]] = defaultdict(list)
    for index, line in enumerate(lines[:-1]):
        if (
            len(line.text) <= _LONGEST_HEADING
            and (form := form_of_timestamp(line.fold))
            and _tells(lines[index + 1])
        ):
            by_form[form].append(index)
    alone = [[index for index in same if not _is_beside_byline(lines, index)] for same in by_form.values()]
    return frozenset(index for same in alone if len(same) > 1 for index in same)


def _tells(line: Line) -> bool:
    is_entry = line.is_closed or line.count >= _LEAST_ENTRY_WORDS
    return is_entry and not is_timestamp(line.fold)


def _is_beside_byline(lines: Sequence[Line], index: int) -> bool:
    beside = (lines[at] for at in (index - 1, index + 1) if 0 <= at < len(lines))
    return any(read_byline(line.text) is not None for line in beside)
