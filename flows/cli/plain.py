"""Makes scraped text safe for a terminal."""

import re

CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def plain(text: str) -> str:
    """Return the text with control characters (terminal escapes, bidi overrides) shown as a replacement."""
    return CONTROLS.sub("\N{REPLACEMENT CHARACTER}", text)
