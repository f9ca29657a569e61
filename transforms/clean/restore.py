"""Put back what cleaning took: the proof that nothing was lost."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from copydesk.schemas.enums import STAYS_IN_BODY
from copydesk.transforms.records import LayoutEdit, Span
from copydesk.transforms.span_rows import layout_of, span_of


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
