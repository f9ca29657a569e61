"""Settles the row of a revision and its spans under the verdicts on its site's lines: rows in, rows out."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from copydesk.schemas.enums import SpanAction, SpanKind
from copydesk.transforms.clean.compose_body import compose_body
from copydesk.transforms.clean.lines import Line
from copydesk.transforms.records import LayoutEdit, Span
from copydesk.transforms.rules.records import RuleSet
from copydesk.transforms.site_memory.line_keys import key_of_folded
from copydesk.transforms.site_memory.place_paragraphs import RULE_ID, Placed, place_paragraphs
from copydesk.transforms.site_memory.sight_lines import sight_lines
from copydesk.transforms.span_rows import layout_of, layout_rows, span_of, span_row

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class _SettledBody:
    """A body with its spans and layout, as cleaning gives them."""

    body: str
    spans: tuple[Span, ...]
    layout: tuple[LayoutEdit, ...]


def place_revision(revision: Row, spans: Sequence[Row]) -> Placed:
    """Return the text and paragraphs of a revision as the rules alone left them."""
    return place_paragraphs(
        revision["body"],
        layout_of(revision["layout"]),
        [span_of(row) for row in spans],
        [row["text"] for row in spans],
    )


def settle_revision(
    revision: Row, spans: Sequence[Row], boilerplate: Mapping[int, str], *, site: str, rules: RuleSet
) -> tuple[Row, list[Row]] | None:
    """Return the revision's row and the rows of its site's spans, or None where its body stays as it is.

    Identity, numbering and times stay; only what hangs on the body changes. `words_hash` is left to the caller,
    who has many bodies: see `word_hashes`.
    """
    placed = place_revision(revision, spans)
    settled = _settle_body(placed, boilerplate, site=site, rules=rules)
    own = [
        {"revision_id": revision["revision_id"]} | span_row(span, placed.text)
        for span in settled.spans
        if span.rule_id == RULE_ID
    ]
    before = [(row["start_char"], row["end_char"]) for row in spans if row["rule_id"] == RULE_ID]
    if before == [(row["start_char"], row["end_char"]) for row in own]:
        return None
    body = settled.body
    changed = {
        "body": body,
        "body_sha256": hashlib.sha256(body.encode()).hexdigest(),
        "body_words": len(body.split()),
        "body_chars": len(body),
        "layout": layout_rows(settled.layout),
    }
    return revision | changed, own


def _settle_body(
    placed: Placed, boilerplate: Mapping[int, str], *, site: str, rules: RuleSet
) -> _SettledBody:
    """Return what is left of a text when these lines (folded, by their hashes) are out.

    A function of the text and the verdicts alone: what was taken out before plays no part. A body that would be
    empty stays whole.
    """
    keys = {key_of_folded(line) for line in boilerplate.values()}
    seen = sight_lines(placed.paragraphs, site=site, rules=rules, keys=keys)
    leaving = {sighting.index for sighting in seen if sighting.line_hash in boilerplate}
    if len(leaving) == len(placed.paragraphs):
        leaving = set()
    own = [
        _site_span(paragraph.start, paragraph.end, site)
        for index, paragraph in enumerate(placed.paragraphs)
        if index in leaving
    ]
    spans = tuple(sorted((*placed.rule_spans, *own), key=lambda span: span.start_char))
    lines = [Line(each.start, each.end, placed.text[each.start : each.end]) for each in placed.paragraphs]
    body, layout = compose_body(placed.text, lines, spans)
    return _SettledBody(body, spans, layout)


def _site_span(start: int, end: int, site: str) -> Span:
    # No count here: it would go stale in a thousand spans with each new article. site_lines has it.
    evidence = f"{site} repeats this line from article to article (see site_lines)"
    return Span(start, end, SpanKind.SITE_LINE, SpanAction.DROP, RULE_ID, evidence)
