"""Read the dateline that opens a wire story: place, sometimes a date, agency, dash."""

import re

from copydesk.transforms.records import Dateline

_PLACE = (
    r"[A-ZÀ-Þ][\w'’.\u00AD]*(?:[ -](?:de|del|da|do|la|le|di|am|an der|on|upon|sur|[A-ZÀ-Þ][\w'’.]*)){0,4}"
)
_PLACES = rf"{_PLACE}(?:(?:/|, ){_PLACE}){{0,2}}"
_COUNTRY = r"(?: \((?![A-Z]{2,8}\))[A-ZÀ-Þ][\w' -]{2,24}\)(?=,))"
"""Where a place is, as "Quimper (France), 4 mars 2024 (AFP) -" has it."""
_DATE = (
    r"(?:,? +(?:\d{1,2}(?:st|nd|rd|th|er|º)?\.? (?:de )?[A-Za-zÀ-ÿ]{3,10}\.?|[A-Za-zÀ-ÿ]{3,10}\.? \d{1,2}"
    r"|\d{1,2}\.\d{1,2}\.)(?:,? (?:de )?\d{4})?)"
)
_AGENCY = r"(?:[A-ZÀ-Þ][\w .&/'’-]{1,38}|dpa|epd|kna|sda|apa|anp|ots|ansa|efe|lusa)(?:/[\w .]{2,20})?"
_DASH = r" *(?:[-–—]{1,2}|:) *"
_WITH_AGENCY = re.compile(
    rf"(?P<place>{_PLACES}?){_COUNTRY}?{_DATE}? *"
    rf"\((?P<agency>(?!Staff\b|Reporter\b|Staff Reporter){_AGENCY})\)\.?{_DASH}(?=\S)"
)
_BARE = re.compile(
    rf"(?P<place>[A-ZÀ-Þ][A-ZÀ-Þ'’.]+(?:[ -][A-ZÀ-Þ][A-ZÀ-Þ'’.]+){{0,3}}(?:, [A-Z][\w.]+)?)"
    rf"{_DATE}? +(?:--|–|—|-) +(?=\S)"
)


def read_dateline(text: str) -> Dateline | None:
    """Return the dateline at the start of `text`, with its characters up to the story's first word."""
    found = _WITH_AGENCY.match(text) or _BARE.match(text)
    if found is None:
        return None
    named = found.groupdict()
    agency = named.get("agency")
    return Dateline(place=named["place"].strip(" ,"), agency=agency.strip() if agency else None, raw=found[0])
