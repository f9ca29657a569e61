"""Joins what leaves one line piece by piece: a reader marks it once."""

from collections.abc import Iterable
from dataclasses import replace

from copydesk.schemas.enums import SpanKind
from copydesk.transforms.records import Span


def join_spans(spans: Iterable[Span], text: str) -> tuple[Span, ...]:
    """Return the spans in order, those of one kind with nothing but blanks between them as one."""
    joined: list[Span] = []
    for span in sorted(spans, key=lambda span: span.start_char):
        if joined and _goes_on(joined[-1], span, text):
            joined[-1] = _both(joined[-1], span)
        else:
            joined.append(span)
    return tuple(joined)


def _goes_on(first: Span, second: Span, text: str) -> bool:
    between = text[first.end_char : second.start_char]
    same = (first.kind, first.action) == (second.kind, second.action) and first.kind is not SpanKind.DATELINE
    return same and not between.strip() and len(f"{between}|".splitlines()) == 1


def _both(first: Span, second: Span) -> Span:
    """Name the rule of the longer piece, and the evidence of both."""
    longer = max(first, second, key=lambda span: span.end_char - span.start_char)
    return replace(
        first,
        end_char=second.end_char,
        rule_id=longer.rule_id,
        evidence=f"{first.evidence}; {second.evidence}",
        confidence_ratio=min(first.confidence_ratio, second.confidence_ratio),
    )
