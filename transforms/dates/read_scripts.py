"""Read publication dates that a page's own scripts carry as data, for pages without structured data."""

import re
from collections.abc import Iterable, Iterator

from schemas.enums import DateKind
from transforms.dates.evidence import Evidence
from transforms.dates.read_date import read_stamp

_NAMES = (
    r"datePublished|date_published|publishedAt|published_at|publishedDate|publishedOn|publish_?[dD]ate"
    r"|publishDateTime|publication_?[dD]ate|pub_?[dD]ate|published?_?[tT]ime|firstPublish\w{0,12}"
    r"|first_published\w{0,6}|articlePublish\w{0,8}|displayDate|date_gmt|postDate|articleDate|pageDate"
    r"|createdAt|created_at|creationDate"
)
_FIELD = re.compile(
    rf"(?<!\w)({_NAMES})\\?[\"']?\s*[:=,]\s*\\?[\"']?(\d[^\"'\\,}}]{{7,40}}|\w{{3}}[^\"'\\}}]{{9,40}})"
)
_MARKS = (
    "ublish",
    "pubDate",
    "pub_date",
    "pubdate",
    "displayDate",
    "date_gmt",
    "postDate",
    "articleDate",
    "pageDate",
    "createdAt",
    "created_at",
    "creationDate",
)
_MOST_CHARS = 400_000


def read_scripts(scripts: Iterable[str]) -> Iterator[Evidence]:
    """Yield the dates of fields named like a publication date; trusted only where all name one day."""
    telling = [script[:_MOST_CHARS] for script in scripts if any(mark in script for mark in _MARKS)]
    matches = [(match[1], match[2]) for script in telling for match in list(_FIELD.finditer(script))[:20]]
    stamps = [(name, raw, reading) for name, raw in matches if (reading := read_stamp(raw)) is not None]
    days = {reading.on for _, _, reading in stamps}
    seen = set()
    for name, raw, reading in stamps[:20]:
        if (name, raw) in seen:
            continue
        seen.add((name, raw))
        weight, rejection = (
            (0.65, "") if len(days) == 1 else (0.0, f"the scripts name {len(days)} different days")
        )
        yield Evidence(
            reading, DateKind.PUBLISHED, f"script:{name}", "script", weight, raw, rejection=rejection
        )
