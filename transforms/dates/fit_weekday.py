"""Settle the order of day and month by the weekday beside them: 12/05/2023 was a Friday, and 5 December a Tuesday."""

import re
from dataclasses import replace

from copydesk.transforms.dates.date_words import WEEKDAYS
from copydesk.transforms.dates.reading import Reading

_BEFORE = re.compile(r"([^\W\d_]{2,14})\.?[\s,(]{1,3}\Z")
_BEHIND = re.compile(r"[\s,]{0,2}\(?([^\W\d_]{2,14})")


def fit_weekday(reading: Reading, before: str, behind: str) -> Reading:
    """Return the reading, or the other one, where one of the two alone is the weekday that stands beside the date."""
    swapped = reading.swapped
    if swapped is None or reading.on is None or swapped.on is None:
        return reading
    words = (_BEFORE.search(before), _BEHIND.match(behind))
    days = next((days for word in words if word and (days := WEEKDAYS.get(word[1].lower()))), frozenset())
    fits, fits_swapped = reading.on.isoweekday() in days, swapped.on.isoweekday() in days
    if fits == fits_swapped:
        return reading
    return replace(reading, swapped=None) if fits else swapped
