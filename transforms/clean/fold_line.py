"""The form under which a line of one page is the same line on another page of the site."""

import re

from copydesk.transforms.rules.fold import fold

_NUMBER = re.compile(r"\d+")
_GAP = re.compile(r"\W+")


def fold_line(line: str) -> str:
    """Return `line` without case, accents, punctuation and the digits of dates and counters."""
    return _GAP.sub(" ", _NUMBER.sub("0", fold(line))).strip()
