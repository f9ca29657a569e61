"""Spans and edits of layout as rows of the tables, and back into the text: the proof that nothing was lost."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from copydesk.schemas.enums import STAYS_IN_BODY, SpanAction, SpanKind
from copydesk.transforms.records import LayoutEdit, Span, as_row

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of an extracted text; without a kind it is the body."""

    text: str
    kind: SpanKind | None = None
    rule_id: str = ""


def span_row(span: Span, text: str) -> Row:
    """Return a span as a row, with what it covers of its text."""
    return as_row(span) | {"text": text[span.start_char : span.end_char]}


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
    return [as_row(edit) for edit in layout]


def layout_of(rows: Iterable[Mapping[str, Any]]) -> list[LayoutEdit]:
    """Return the edits of a column `layout`."""
    return [LayoutEdit(row["at_char"], row["length_chars"], row["text"]) for row in rows]


def restore(body: str, spans: Iterable[Span], texts: Sequence[str], layout: Iterable[LayoutEdit]) -> str:
    """Return the extracted text, byte for byte, from a body, its spans with their texts, and its layout edits."""
    kept, at = [], 0
    for edit in layout:
        kept += [body[at : edit.at_char], edit.text]
        at = edit.at_char + edit.length_chars
    kept.append(body[at:])
    return _refill("".join(kept), spans, texts)


def restore_text(revision: Mapping[str, Any], spans: Sequence[Mapping[str, Any]]) -> str:
    """Return the extracted text of a revision, byte for byte, from the rows of its body, layout and spans."""
    records, texts = [span_of(row) for row in spans], [row["text"] for row in spans]
    return restore(revision["body"], records, texts, layout_of(revision["layout"]))


def mark_text(revision: Mapping[str, Any], spans: Sequence[Mapping[str, Any]]) -> list[Piece]:
    """Return the extracted text of a revision in pieces, in order, each with what it was taken for."""
    extracted, at, pieces = restore_text(revision, spans), 0, list[Piece]()
    for span in spans:
        pieces.append(Piece(extracted[at : span["start_char"]]))
        at = span["end_char"]
        pieces.append(Piece(extracted[span["start_char"] : at], SpanKind(span["kind"]), span["rule_id"]))
    pieces.append(Piece(extracted[at:]))
    return [piece for piece in pieces if piece.text]


def _refill(kept: str, spans: Iterable[Span], texts: Sequence[str]) -> str:
    out: list[str] = []
    at, length = 0, 0
    for span, text in zip(spans, texts, strict=True):
        if span.kind in STAYS_IN_BODY:
            continue
        take = span.start_char - length
        out += [kept[at : at + take], text]
        at += take
        length = span.end_char
    return "".join([*out, kept[at:]])
