"""Turns one row of a JSONL or Parquet file into a document, or says why it cannot be one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flows.read.raw_document import Arrival, RawDocument, Refused

ALIASES: dict[str, tuple[str, ...]] = {
    "id": ("id", "doc_id", "article_id", "uuid"),
    "url": ("url", "link", "canonical_url", "source_url"),
    "title": ("title", "headline", "hed"),
    "text": ("text", "body", "content", "maintext", "article_text", "raw_text"),
    "html": ("html", "raw_html"),
    "published_at": ("published_at", "date", "publish_date", "date_publish", "published", "published_date"),
    "source": ("source", "outlet", "publisher", "source_domain", "site", "sitename"),
    "language": ("language", "lang"),
    "authors": ("authors", "author", "byline"),
}
"""Recognised fields in order of preference; the first that holds something counts."""

FIELDS = frozenset(name for names in ALIASES.values() for name in names)


def row_field(row: Mapping[str, Any], name: str) -> str | None:
    """Return a field as text under any of its names, or None where it is missing, empty or not a value."""
    for alias in ALIASES[name]:
        value = _text(row.get(alias))
        if value is not None:
            return value
    return None


def row_authors(row: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the authors, whether they stand as a list or as one text."""
    for alias in ALIASES["authors"]:
        value = row.get(alias)
        if isinstance(value, list):
            names = tuple(name for item in value if (name := _text(item)))
            if names:
                return names
        elif (name := _text(value)) is not None:
            return (name,)
    return ()


def _text(value: Any) -> str | None:
    match value:
        case str():
            return value if value.strip() else None
        case bool() | None:
            return None
        case int() | float():
            return str(value)
        case datetime() | date():
            return value.isoformat()
        case Mapping():  # a person or an organisation, as schema.org writes them
            return _text(value.get("name"))
        case _:
            return None


@dataclass(frozen=True, slots=True)
class Carrier:
    """The file that holds the rows: its source, its origin, and when it is read."""

    source_id: str
    origin: str
    fetched_at: datetime
    encoding: str | None = None
    """What the user says that bytes are which are no UTF-8, under the WHATWG standard's name."""

    def refuse(self, line: int | None, reason: str, detail: str, payload: bytes | None = None) -> Refused:
        """Return a refusal of a row of this file."""
        return Refused(self.source_id, self.origin, reason, detail, self.fetched_at, line, payload)


def read_row(row: Mapping[str, Any], line: int, carrier: Carrier, *, charset: str = "utf-8") -> Arrival:
    """Return the document of a row. A row with text is text, also where it has HTML as well.

    `charset` is the encoding that the row stood in; the payload is its text in UTF-8.
    """
    text, html = row_field(row, "text"), row_field(row, "html")
    content = text or html
    if content is None:
        return carrier.refuse(line, "no_text", f"no text or html among its fields: {_names(row)}")
    try:
        payload = content.encode()
    except UnicodeEncodeError as error:
        return carrier.refuse(line, "invalid_encoding", f"the text is not valid Unicode: {error.reason}")
    return RawDocument(
        source_id=carrier.source_id,
        origin=carrier.origin,
        line=line,
        payload=payload,
        media_type="text/plain" if text else "text/html",
        charset=charset,
        fetched_at=carrier.fetched_at,
        url=_clean(row_field(row, "url")),
        external_id=_clean(row_field(row, "id")),
        title=_clean(row_field(row, "title")),
        authors=tuple(name for author in row_authors(row) if (name := _clean(author))),
        language=_clean(row_field(row, "language")),
        publisher=_clean(row_field(row, "source")),
        published_at=_clean(row_field(row, "published_at")),
    )


def _clean(value: str | None) -> str | None:
    """Drop what UTF-8 cannot hold (lone surrogates) and outer white space from a metadata field."""
    return value.encode("utf-8", "ignore").decode().strip() or None if value else None


def _names(row: Mapping[str, Any]) -> str:
    return ", ".join(sorted(row)[:12]) or "none"
