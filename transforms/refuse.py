"""Writes the refusal of a document as a staged row."""

from datetime import date
from typing import Any

Row = dict[str, Any]


def refuse(document: Row, step: str, reason: str, detail: str, published_on: date | None = None) -> Row:
    """Return the refusal of a row of arrivals, with its day of publication where that was read all the same."""
    return {
        "document_id": document["document_id"],
        "step": step,
        "source_id": document["source_id"],
        "origin": document["origin"],
        "line": document["line"],
        "reason": reason,
        "detail": detail[:500].encode("utf-8", "backslashreplace").decode(),  # messages quote any garbage
        "published_on": published_on,
        "quarantined_at": document["fetched_at"],
    }
