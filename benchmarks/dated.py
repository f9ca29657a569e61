"""Reads a date of a corpus."""

from datetime import date


def as_date(text: str | None) -> date | None:
    """Return the day that a text begins with, null for none."""
    try:
        return date.fromisoformat((text or "")[:10])
    except ValueError:
        return None
