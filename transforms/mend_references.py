"""Enters: XML or HTML as bytes. Leaves: the same without references to characters that are none."""

import re

_REFERENCE = re.compile(rb"&#(?:[xX]([0-9A-Fa-f]+)|([0-9]+));?")
_MAX_DIGITS = 12
_NO_CHARACTER = b"&#xFFFD;"


def mend_references(raw: bytes) -> bytes:
    """Put U+FFFD for references to half a character, to NUL and beyond Unicode, as HTML (13.2.5.80) asks.

    feedparser and lxml fail on them as a whole: one such in a title would cost the feed.
    """
    return _REFERENCE.sub(_mended, raw) if b"&#" in raw else raw


def _mended(match: re.Match[bytes]) -> bytes:
    digits = (match[1] or match[2]).lstrip(b"0")
    if len(digits) > _MAX_DIGITS:
        return _NO_CHARACTER
    number = int(digits or b"0", 16 if match[1] else 10)
    is_character = 0 < number < 0xD800 or 0xDFFF < number <= 0x10FFFF
    return match[0] if is_character else _NO_CHARACTER
