"""Read the date that an address carries."""

import re
from collections.abc import Iterator

from copydesk.schemas.enums import DateKind
from copydesk.transforms.dates.date_words import MONTHS
from copydesk.transforms.dates.evidence import Evidence
from copydesk.transforms.dates.reading import Reading

_ARCHIVE = re.compile(r"^https?://web\.archive\.org/web/(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)\w*/(.+)$")
_DAY = re.compile(
    r"(?<![\dA-Za-z])((?:19|20)\d\d)([/_.-])(0?[1-9]|1[0-2])\2(0?[1-9]|[12]\d|3[01])(?!\d)(?![A-Za-z]*[\d])"
)
_COMPACT = re.compile(
    r"(?<![\dA-Za-z])(199[5-9]|20[0-4]\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?:(?=[^\da-zA-Z]|$|T\d)|(?=\d{6,}))"
)
_NAMED = re.compile(r"/((?:19|20)\d\d)/([a-z]{3,9})/(\d{1,2})(?:/|$)", re.IGNORECASE)
_DAY_FIRST = re.compile(r"(?<!\d)(0[1-9]|[12]\d|3[01])([/_.-])(0[1-9]|1[0-2])\2((?:19|20)\d\d)(?!\d)")
_MONTH = re.compile(r"/((?:19|20)\d\d)[/-]?(0[1-9]|1[0-2])(?=/|-)")


def read_url(url: str) -> Iterator[Evidence]:
    """Yield the capture time of a web archive's address and the date in the address of the page itself."""
    archived = _ARCHIVE.match(url)
    if archived:
        year, month, day, hour, minute, second = map(int, archived.groups()[:6])
        reading = _valid(year, month, day)
        if reading is not None and hour < 24 and minute < 60 and second < 60:
            stamp = Reading(year, month, day, hour, minute, second, 0)
            reason = "when an archive captured the page"
            yield Evidence(stamp, DateKind.CAPTURE, "url:archive", "capture", 0.0, url[:60], rejection=reason)
        url = archived[7]
    path = re.sub(r"^https?://[^/]+", "", url)
    for reading, quote in _readings(path):
        weight = 0.75 if reading.day else 0.0
        rejection = "" if reading.day else "names a month only; used to check others"
        yield Evidence(reading, DateKind.URL, "url:path", "url", weight, quote, rejection=rejection)
        return


def _readings(path: str) -> Iterator[tuple[Reading, str]]:
    query = path.find("?")
    for match in _DAY.finditer(path):
        reading = _valid(int(match[1]), int(match[3]), int(match[4]))
        if reading and (query < 0 or match.start() < query):
            yield reading, match[0]
    for match in _COMPACT.finditer(path):
        reading = _valid(*map(int, match.groups()))
        if reading and (query < 0 or match.start() < query):
            yield reading, match[0]
    for match in _NAMED.finditer(path):
        month = MONTHS.get(match[2].lower())
        if month and (reading := _valid(int(match[1]), month, int(match[3]))):
            yield reading, match[0]
    for match in _DAY_FIRST.finditer(path):
        if reading := _valid(int(match[4]), int(match[3]), int(match[1])):
            yield reading, match[0]
    for match in _MONTH.finditer(path):
        yield Reading(int(match[1]), int(match[2])), match[0]


def _valid(year: int, month: int, day: int) -> Reading | None:
    if not 1 <= month <= 12:
        return None
    last = 31 if month not in {2, 4, 6, 9, 11} else 30
    if month == 2:
        last = 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return Reading(year, month, day) if 1 <= day <= last else None
