"""Spans and edits of layout as rows of the tables, and back."""

from collections.abc import Iterable, Mapping
from typing import Any

from copydesk.schemas.enums import SpanAction, SpanKind
from copydesk.transforms.records import LayoutEdit, Span

Row = dict[str, Any]


def span_row(span: Span, text: str) -> Row:
    """Return a span as a row, with what it covers of its text."""
    return {
        "start_char": span.start_char,
        "end_char": span.end_char,
        "kind": span.kind,
        "action": span.action,
        "rule_id": span.rule_id,
        "evidence": span.evidence,
        "confidence_ratio": span.confidence_ratio,
        "text": text[span.start_char : span.end_char],
    }


def span_of(row: Mapping[str, Any]) -> Span:
    """Return the span of a row."""
    return Span(
        row["start_char"],
        row["end_char"],
        SpanKind(row["kind"]),
        SpanAction(row["action"]),
        row["rule_id"],
        row["evidence"],
        row["confidence_ratio"],
    )


def layout_rows(layout: Iterable[LayoutEdit]) -> list[Row]:
    """Return edits of layout as the column `layout` has them."""
    return [
        {"at_char": edit.at_char, "length_chars": edit.length_chars, "text": edit.text} for edit in layout
    ]


def layout_of(rows: Iterable[Mapping[str, Any]]) -> list[LayoutEdit]:
    """Return the edits of a column `layout`."""
    return [LayoutEdit(row["at_char"], row["length_chars"], row["text"]) for row in rows]
