"""Read the date that an address carries."""

import re
from collections.abc import Iterator

from copydesk.schemas.enums import DateKind
from copydesk.transforms.dates.date_words import MONTHS
from copydesk.transforms.dates.evidence import Evidence
from copydesk.transforms.dates.reading import Reading, calendar_day

_ARCHIVE = re.compile(
    r"^https?://(?:web\.archive\.org/web|archive\.\w{2,5})/(\d{4})\.?(\d\d)\.?(\d\d)-?(\d\d)(\d\d)(\d\d)\w*/(.+)$"
)
_Y, _M, _D = r"(?P<y>(?:19|20)\d\d)", r"(?P<m>0[1-9]|1[0-2])", r"(?P<d>0[1-9]|[12]\d|3[01])"
_FORMS = (
    re.compile(
        rf"(?<![\dA-Za-z]){_Y}(?P<mark>[/_.-])(?P<m>0?[1-9]|1[0-2])(?P=mark)(?P<d>0?[1-9]|[12]\d|3[01])(?!\d)(?![A-Za-z]*[\d])"
    ),
    re.compile(
        rf"(?:(?<![\dA-Za-z])|(?<=/t))(?P<y>199[5-9]|20[0-4]\d){_M}{_D}(?:(?=[^\da-zA-Z]|$|T\d)|(?=\d{{6,}}))"
    ),
    re.compile(rf"/{_Y}/(?P<name>[a-z]{{3,9}})/(?P<d>\d{{1,2}})(?:/|$)", re.IGNORECASE),
    re.compile(rf"(?<!\d){_D}(?P<mark>[/_.-]){_M}(?P=mark){_Y}(?!\d)"),
    re.compile(rf"/{_Y}[/-]?{_M}(?=/|-)"),
)
_WORDS = re.compile(r"[^/]*[^\W\d_]{2,}[^/]*$")
_OF_EVENTS = re.compile(
    r"/(?:events?|whats-on|calendar|kalend[ae]rz?|agenda|termine?|veranstaltung(?:en)?|eventos?|eventi|evenements?"
    r"|etkinlik(?:ler)?)/",
    re.IGNORECASE,
)
"""Folders of pages about what is to come: a day in their address is that of the event."""
_PATH, _SLUG = 0.75, 0.62


def read_url(url: str) -> Iterator[Evidence]:
    """Yield the capture time of a web archive's address and the date in the address of the page itself."""
    archived = _ARCHIVE.match(url)
    if archived:
        year, month, day, hour, minute, second = map(int, archived.groups()[:6])
        reading = calendar_day(year, month, day)
        if reading is not None and hour < 24 and minute < 60 and second < 60:
            stamp = Reading(year, month, day, hour, minute, second, 0)
            reason = "when an archive captured the page"
            yield Evidence(stamp, DateKind.CAPTURE, "url:archive", "capture", 0.0, url[:60], rejection=reason)
        url = archived[7]
    path = re.sub(r"^https?://[^/]+|[?#].*", "", url)
    found = [(match, reading) for match, reading in _readings(path) if reading]
    if found and _OF_EVENTS.search(path):
        reason = "in the address of a page of events"
        yield Evidence(found[0][1], DateKind.EVENT, "url:path", "url", 0.0, found[0][0][0], rejection=reason)
        return
    folders = [pair for pair in found if not _WORDS.search(path[: pair[0].start()])]
    slugs = [pair for pair in found if pair not in folders and pair[1].day]
    for match, reading in folders[:1]:
        rejection = "" if reading.day else "names a month only; used to check others"
        weight = _PATH if reading.day else 0.0
        yield Evidence(reading, DateKind.URL, "url:path", "url", weight, match[0], rejection=rejection)
    if not (folders and folders[0][1].day):
        # Words before a date in its part of the path may be about that day.
        yield from (
            Evidence(reading, DateKind.URL, "url:slug", "url", _SLUG, match[0])
            for match, reading in slugs[:1]
        )


def _readings(path: str) -> Iterator[tuple[re.Match[str], Reading | None]]:
    for form in _FORMS:
        for match in form.finditer(path):
            parts = match.groupdict()
            month = MONTHS.get(parts["name"].lower(), 0) if "name" in parts else int(parts["m"])
            yield match, calendar_day(int(parts["y"]), month, int(parts["d"]) if "d" in parts else None)
