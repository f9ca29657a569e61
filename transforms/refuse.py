"""Writes the refusal of a document as a staged row."""

from typing import Any

Row = dict[str, Any]


def refuse(document: Row, step: str, reason: str, detail: str) -> Row:
    """Return the refusal of a row of arrivals."""
    return {
        "document_id": document["document_id"],
        "step": step,
        "source_id": document["source_id"],
        "origin": document["origin"],
        "line": document["line"],
        "reason": reason,
        "detail": detail[:500].encode("utf-8", "backslashreplace").decode(),  # messages quote any garbage
        "quarantined_at": document["fetched_at"],
    }
