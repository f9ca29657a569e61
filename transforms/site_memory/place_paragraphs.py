"""Finds where each paragraph of a body stands in the extracted text, also those that site memory took out."""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from copydesk.schemas.enums import STAYS_IN_BODY
from copydesk.transforms.clean.compose_body import compose_body
from copydesk.transforms.clean.lines import Line
from copydesk.transforms.records import LayoutEdit, Span
from copydesk.transforms.span_rows import restore

RULE_ID = "site.line"
"""Rule of every span that site memory takes out."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph by the rules alone: [start, end) of the extracted text.

    `is_whole` says that no other span lies in it, so that it may leave as one.
    """

    start: int
    end: int
    text: str
    is_whole: bool


@dataclass(frozen=True, slots=True)
class Placed:
    """An extracted text with its paragraphs in order and the spans that the rules took out."""

    text: str
    paragraphs: tuple[Paragraph, ...]
    rule_spans: tuple[Span, ...]


def place_paragraphs(
    body: str, layout: Sequence[LayoutEdit], spans: Sequence[Span], span_texts: Sequence[str]
) -> Placed:
    """Return the text and paragraphs as they were before site memory, whatever it has taken out since."""
    text = restore(body, spans, span_texts, layout)
    leaving = [span for span in spans if span.kind not in STAYS_IN_BODY]
    read = [span for span in spans if span.kind in STAYS_IN_BODY]
    found = [
        Paragraph(span.start_char, span.end_char, _one_line(text[span.start_char : span.end_char]), True)
        for span in leaving
        if span.rule_id == RULE_ID
    ]
    at, kept = 0, _kept(layout)
    for paragraph in body.split("\n\n"):
        found.append(_place(paragraph, at, kept, leaving, read))
        at += len(paragraph) + 2
    paragraphs = tuple(sorted(found, key=lambda paragraph: paragraph.start))
    return Placed(text, paragraphs, tuple(span for span in spans if span.rule_id != RULE_ID))


def _place(
    paragraph: str, at: int, kept: Callable[[int], int], leaving: Sequence[Span], read: Sequence[Span]
) -> Paragraph:
    first, last = kept(at), kept(at + len(paragraph) - 1)
    start, end = _extracted(first, leaving), _extracted(last, leaving) + 1
    is_whole = end - start == last + 1 - first and not any(
        span.start_char < end and start < span.end_char for span in read
    )
    return Paragraph(start, end, paragraph, is_whole)


def _one_line(piece: str) -> str:
    return compose_body(piece, [Line(0, len(piece), piece)], ())[0]


def _kept(layout: Sequence[LayoutEdit]) -> Callable[[int], int]:
    """Return what tells where a character of the body stands before its white space was changed (edits in order)."""
    ends = [edit.at_char + edit.length_chars for edit in layout]
    shifts = [*accumulate((len(edit.text) - edit.length_chars for edit in layout), initial=0)]
    return lambda at: at + shifts[bisect_right(ends, at)]


def _extracted(kept: int, leaving: Sequence[Span]) -> int:
    """Return where a character stands once the spans before it are put back."""
    at = kept
    for span in leaving:
        if span.start_char > at:
            break
        at += span.end_char - span.start_char
    return at
