"""Read the dates in a page's meta tags."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from schemas.enums import DateKind
from transforms.dates.evidence import Evidence
from transforms.dates.read_date import read_stamp

_IS_DATE = re.compile(
    r"date|time|publi|created|issued|modif|updat|posted|release|dcterms|parsely|timestamp|zeit|datum"
    r"|fecha|expir|revis",
)
_DIGIT = re.compile(r"\d").search
_MODIFIED = re.compile(r"modif|^last|updat|revis|lastmod|last-mod|changed|edit")
_OTHER = re.compile(
    r"expir|dm_timestamp|valid|event|start|end_|end-|capture|archiv|build|copyright|unpubl|deadline|birth"
    r"|cache|timeout|generated|current|refresh|reading|read_time|readtime|duration"
)
_STRONG = re.compile(
    r"published[_:-]?time|published_?date|datepublished|pubdate|publish[-_]?date|publication[-_]?date"
    r"|pub-date|publicationdate|publishtime|publishdate"
    r"|parsely-pub|article[.:_-]created|article\.published|og:pubdate|sailthru\.date|publication_date"
    r"|release_date|date\.release|citation_(?:online|publication)|"
    r"dcterms\.(?:created|issued|available)|dc\.date\.(?:issued|created)|prism\.publicationdate"
    r"|rnews:datepublished|bt:pubdate|first[-_]?publish|"
    r"displaydate|ptime|originalpublicationdate|article_date_original|datecreated|date-?created|issue",
)


def read_meta_tags(metas: Iterable[Any]) -> Iterator[Evidence]:
    """Yield the dates of meta elements, told by property, name, itemprop or http-equiv."""
    for meta in metas:
        content = meta.get("content") or meta.get("value") or meta.get("datetime")
        if not content or not _DIGIT(content):
            continue
        name = (
            meta.get("property") or meta.get("name") or meta.get("itemprop") or meta.get("http-equiv") or ""
        )
        lowered = name.lower()
        if not _IS_DATE.search(lowered) or (reading := read_stamp(content)) is None:
            continue
        kind, weight, rejection = _class_of(lowered)
        yield Evidence(reading, kind, f"meta:{name}", "structured", weight, content, rejection=rejection)


def _class_of(name: str) -> tuple[DateKind, float, str]:
    if _OTHER.search(name):
        return DateKind.EVENT, 0.0, "a meta tag about something else than publication"
    if _MODIFIED.search(name):
        return DateKind.MODIFIED, 0.0, ""
    if _STRONG.search(name):
        return DateKind.PUBLISHED, 0.92, ""
    return DateKind.PUBLISHED, 0.62, ""
