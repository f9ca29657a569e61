"""Puts an extracted text together again from the rows of a revision."""

from collections.abc import Mapping, Sequence
from typing import Any

from copydesk.schemas.enums import SpanAction, SpanKind
from copydesk.transforms.clean.restore import restore
from copydesk.transforms.records import LayoutEdit, Span


def restore_text(revision: Mapping[str, Any], spans: Sequence[Mapping[str, Any]]) -> str:
    """Return the extracted text of a revision, byte for byte, from its body, layout and spans."""
    records = [
        Span(
            row["start_char"],
            row["end_char"],
            SpanKind(row["kind"]),
            SpanAction(row["action"]),
            row["rule_id"],
        )
        for row in spans
    ]
    layout = [LayoutEdit(edit["at_char"], edit["length_chars"], edit["text"]) for edit in revision["layout"]]
    return restore(revision["body"], records, [row["text"] for row in spans], layout)
