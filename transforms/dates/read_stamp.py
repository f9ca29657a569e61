"""Read the one date of a machine-made value: an attribute, a header, a field."""

import re

from copydesk.transforms.dates.read_date import read_dates
from copydesk.transforms.dates.read_whole_date import read_whole_date
from copydesk.transforms.dates.reading import Reading

_ESCAPED_PLUS = re.compile(r"&#43;|&#x2b;|&plus;|%2b", re.IGNORECASE)
_LOST_PLUS = re.compile(r"(T\d\d:\d\d:\d\d(?:\.\d+)?) (\d\d:?\d\d)$")


def read_stamp(text: str) -> Reading | None:
    """Read the one date of a machine-made value (an attribute, a header, a row); Unix time included."""
    stripped = _mended(text.strip()[:80])
    whole = read_whole_date(stripped)
    found = None if whole else next(read_dates(stripped), None)
    return found.reading if found else whole


def _mended(stamp: str) -> str:
    """Write a stamp's zone and clock as they were before an address or a page spoilt them: `+` lost or escaped."""
    return _LOST_PLUS.sub(r"\1+\2", _ESCAPED_PLUS.sub("+", stamp))
