"""Mark the lines that the page itself shows to be no part of the story."""

from collections.abc import Iterable

from schemas.enums import SpanKind
from transforms.clean.marks import Mark, Sheet
from transforms.records import Span

ABOVE_THE_STORY = frozenset({SpanKind.TITLE_LINE, SpanKind.DUPLICATE_TITLE, SpanKind.DEK})
"""Kinds that reading the head finds as well, and then reads into columns."""


def mark_page(sheet: Sheet, spans: Iterable[Span], kinds: frozenset[SpanKind]) -> None:
    """Mark the open lines within spans of these kinds; a line that a guard holds stays."""
    wanted = [span for span in spans if span.kind in kinds]
    for index in sheet.open():
        line = sheet.lines[index]
        for span in wanted:
            is_within = span.start_char <= line.start and line.end <= span.end_char
            if is_within and (not sheet.judgements[index].guard or span.kind in ABOVE_THE_STORY):
                sheet.marks[index] = Mark(span.kind, span.rule_id, span.evidence, span.confidence_ratio)
