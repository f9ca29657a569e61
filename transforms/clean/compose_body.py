"""Write the body from what the spans leave, and note every change of white space on the way."""

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import replace

from copydesk.schemas.enums import STAYS_IN_BODY, SpanKind
from copydesk.transforms.clean.lines import Line
from copydesk.transforms.records import LayoutEdit, Span

_SPACES = re.compile(r"\s+")
_CHANGED = re.compile(r"\s(?:(?<=[^\S ])\s*|\s+|(?<=\A\s)|\Z)")
"""White space that may read otherwise in the body: a single space between words never does."""
_RUN = re.compile(r"[ \t\u00a0]+|[\n\r\u2028\u2029\x0b\x0c\x1c\x1d\x1e\x85]\s*")


def _pieces(start: int, end: int, spans: Iterable[Span]) -> list[tuple[int, int]]:
    """Return the parts of [start, end) that no span covers."""
    out = []
    for span in spans:
        if start < span.start_char:
            out.append((start, span.start_char))
        start = max(start, span.end_char)
    return [*out, (start, end)] if start < end else out


def _one_line(text: str, pieces: list[tuple[int, int]]) -> str:
    """Return a line as the body has it: single spaces, none around, wrapped rows joined."""
    kept = "".join(text[start:end] for start, end in pieces).strip()
    # Of all white space the single blank alone is printable; asking that is ten times as fast as a pattern.
    return kept if kept.isprintable() and "  " not in kept else _RUN.sub(" ", kept)


def compose_body(
    text: str, lines: Iterable[Line], spans: tuple[Span, ...]
) -> tuple[str, tuple[LayoutEdit, ...]]:
    """Return the body, a paragraph a line with an empty line between, and the edits that lead back to the text.

    The edits turn the body into `text` without the spans; restore does both steps.
    """
    leaving = tuple(span for span in spans if span.kind not in STAYS_IN_BODY)
    starts = [span.start_char for span in leaving]
    paragraphs = []
    for line in lines:
        within = leaving[bisect_left(starts, line.start) : bisect_left(starts, line.end)]
        paragraphs.append(_one_line(text, _pieces(line.start, line.end, within)))
    body = "\n\n".join(paragraph for paragraph in paragraphs if paragraph)
    kept = "".join(text[start:end] for start, end in _pieces(0, len(text), leaving))
    return body, () if kept == body else tuple(_edits(body, kept))


def _edits(body: str, kept: str) -> list[LayoutEdit]:
    """Compare the white space of two texts that are otherwise the same, run by run."""
    out: list[LayoutEdit] = []
    at, behind = 0, 0
    for found in _CHANGED.finditer(kept):
        at += found.start() - behind
        behind = found.end()
        now = _SPACES.match(body, at)
        length = len(now[0]) if now else 0
        if found[0] != body[at : at + length]:
            out.append(LayoutEdit(at, length, found[0]))
        at += length
    return out


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
