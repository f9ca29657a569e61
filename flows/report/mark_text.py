"""Cuts an extracted text at its spans, for a page that shows what was taken out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flows.restore_text import restore_text

GROUPS = {
    "ask": ("donation", "newsletter", "subscription", "app_promo", "advert_label"),
    "social": ("share", "comment_prompt", "player", "ui_widget", "cookie"),
    "links": ("nav", "related_link", "footer_link", "tags", "site_line"),
    "rights": ("licence", "print_stamp", "wire_credit", "author_box"),
    "read": ("title_line", "duplicate_title", "dek", "byline", "caption", "timestamp", "dateline"),
}
"""Kinds by what they want of the reader: five colours can be told apart, 26 cannot."""

GROUP_OF = {kind: group for group, kinds in GROUPS.items() for kind in kinds}


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of an extracted text; without a kind it is the body."""

    text: str
    kind: str | None = None
    group: str | None = None
    rule_id: str = ""
    stays: bool = False


def mark_text(revision: Mapping[str, Any], spans: Sequence[Mapping[str, Any]]) -> list[Piece]:
    """Return the extracted text of a revision in pieces, in order, each with what it was taken for."""
    extracted, at, pieces = restore_text(revision, spans), 0, list[Piece]()
    for span in spans:
        pieces.append(Piece(extracted[at : span["start_char"]]))
        at = span["end_char"]
        kind = span["kind"]
        pieces.append(
            Piece(
                extracted[span["start_char"] : at],
                kind,
                GROUP_OF.get(kind, "social"),
                span["rule_id"],
                kind == "dateline",
            )
        )
    pieces.append(Piece(extracted[at:]))
    return [piece for piece in pieces if piece.text]
