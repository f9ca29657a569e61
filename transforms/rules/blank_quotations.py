"""Blank what stands in quotation marks: what others say is never the outlet's own appeal."""

import re

_QUOTED = re.compile(
    r"[\"'](?:(?<=\")[^\"]*(?:\"|\Z)"
    r"|(?<![\w\"']')(?<=')(?=\w)(?:[^'\"]|'(?=\w))*(?:'(?!\w)|\Z))"
)
"""The mark comes first: the search runs over all other characters in C."""


def blank_quotations(folded: str) -> str:
    """Return a folded line of the same length with its quotations as spaces; an open one runs to the end."""
    if '"' not in folded and "'" not in folded:
        return folded
    return _QUOTED.sub(lambda found: " " * len(found[0]), folded)
