"""Turns one row of a JSONL or Parquet file into a document, or says why it cannot be one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flows.read.raw_document import Arrival, RawDocument, Refused
from flows.read.row_fields import row_authors, row_field


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
