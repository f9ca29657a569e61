"""Keeps a cell of a CSV file from being run as a formula."""

from typing import Any

STARTERS = ("=", "+", "-", "@", "\t", "\r")
"""What spreadsheets take for the beginning of a formula, or skip before one."""


def guard_cell(value: Any) -> Any:
    """Return a text that begins like a formula with an apostrophe before it; numbers and others as they are."""
    return f"'{value}" if isinstance(value, str) and value.lstrip(" ").startswith(STARTERS) else value
