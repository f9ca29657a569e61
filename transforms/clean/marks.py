"""The working sheet of cleaning: lines with what was decided of each."""

from dataclasses import dataclass, field

from schemas.enums import SpanAction, SpanKind
from transforms.clean.judge_line import Judgement
from transforms.clean.lines import Line
from transforms.records import Image, Readings

METADATA = frozenset(
    {
        SpanKind.TITLE_LINE,
        SpanKind.DEK,
        SpanKind.BYLINE,
        SpanKind.CAPTION,
        SpanKind.DATELINE,
        SpanKind.TIMESTAMP,
        SpanKind.LICENCE,
        SpanKind.PRINT_STAMP,
    }
)
"""Kinds that leave a reading behind."""


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
        return SpanAction.METADATA if self.kind in METADATA else SpanAction.DROP


@dataclass(slots=True)
class Sheet:
    """Lines in order with their judgements and marks; a line without a mark is body."""

    lines: list[Line]
    judgements: list[Judgement]
    marks: list[Mark | None]
    title: str | None = None
    dek: str | None = None
    authors: tuple[str, ...] = ()
    images: list[Image] = field(default_factory=list)
    readings: Readings = field(default_factory=Readings)

    def open(self) -> list[int]:
        """Return the indexes of lines that nothing has marked yet."""
        return [index for index, mark in enumerate(self.marks) if mark is None]

    def is_free(self, index: int) -> bool:
        """Return whether a line is unmarked and no guard holds it."""
        return self.marks[index] is None and self.judgements[index].guard is None
