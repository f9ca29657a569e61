"""Settles the row of a revision and its spans under the verdicts on its site's lines: rows in, rows out."""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from copydesk.schemas.enums import SpanAction, SpanKind
from copydesk.transforms.records import LayoutEdit, Span
from copydesk.transforms.rules.records import RuleSet
from copydesk.transforms.site_memory.place_paragraphs import RULE_ID, Placed, place_paragraphs
from copydesk.transforms.site_memory.settle_body import settle_body

Row = dict[str, Any]


def place_revision(revision: Row, spans: Sequence[Row]) -> Placed:
    """Return the text and paragraphs of a revision as the rules alone left them."""
    layout = [LayoutEdit(edit["at_char"], edit["length_chars"], edit["text"]) for edit in revision["layout"]]
    return place_paragraphs(
        revision["body"], layout, [_span(row) for row in spans], [row["text"] for row in spans]
    )


def settle_revision(
    revision: Row, spans: Sequence[Row], boilerplate: Mapping[int, str], *, site: str, rules: RuleSet
) -> tuple[Row, list[Row]] | None:
    """Return the revision's row and the rows of its site's spans, or None where its body stays as it is.

    Identity, numbering and times stay; only what hangs on the body changes. `words_hash` is left to the caller,
    who has many bodies: see transforms/copies/word_hash.py.
    """
    placed = place_revision(revision, spans)
    settled = settle_body(placed, boilerplate, site=site, rules=rules)
    own = [
        {
            "revision_id": revision["revision_id"],
            "start_char": span.start_char,
            "end_char": span.end_char,
            "kind": span.kind,
            "action": span.action,
            "rule_id": span.rule_id,
            "evidence": span.evidence,
            "confidence_ratio": span.confidence_ratio,
            "text": placed.text[span.start_char : span.end_char],
        }
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
        "layout": [
            {"at_char": edit.at_char, "length_chars": edit.length_chars, "text": edit.text}
            for edit in settled.layout
        ],
    }
    return revision | changed, own


def _span(row: Row) -> Span:
    return Span(
        row["start_char"],
        row["end_char"],
        SpanKind(row["kind"]),
        SpanAction(row["action"]),
        row["rule_id"],
        row["evidence"],
        row["confidence_ratio"],
    )
