"""Mends JSON text that escapes half a character: no table and no file can hold what a parser makes of it."""

import re

LONE_HALF = re.compile(
    r"\\u(?:d[89ab][0-9a-f]{2}(?!\\ud[c-f][0-9a-f]{2})|(?<!\\ud[89ab][0-9a-f]{2}\\u)d[c-f][0-9a-f]{2})",
    re.IGNORECASE,
)


def mend_surrogates(text: str) -> str:
    r"""Return JSON text with U+FFFD for each \uD800 to \uDFFF that is no half of a pair."""
    return LONE_HALF.sub(r"\\ufffd", text)
