"""Enters: a value out of a feed. Leaves: text that every table and file can hold, or null."""

import re

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def clean_text(value: object) -> str | None:
    """Strip text, leave out NUL and put U+FFFD for half a character; null for what is empty or no text."""
    if not isinstance(value, str):
        return None
    text = value.replace("\0", "")
    # Most text is ASCII, which Python knows without looking.
    return (text if text.isascii() else _LONE_SURROGATE.sub("\ufffd", text)).strip() or None
