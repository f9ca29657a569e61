"""Make the span of a whole line."""

from schemas.enums import SpanAction, SpanKind
from transforms.pagelines.page_line import PageLine
from transforms.records import Span

READ_KINDS = frozenset(
    {SpanKind.TITLE_LINE, SpanKind.DEK, SpanKind.CAPTION, SpanKind.TIMESTAMP, SpanKind.BYLINE}
)
"""Kinds that are also read into a column."""


def span_of(line: PageLine, kind: SpanKind, rule: str, evidence: str, confidence: float) -> Span:
    """Give the span of a line, with the rule's name in the page's namespace."""
    action = SpanAction.METADATA if kind in READ_KINDS else SpanAction.DROP
    return Span(line.start, line.end, kind, action, f"page:{rule}", evidence, confidence)
