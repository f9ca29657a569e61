"""Maps the fields of a JSONL or Parquet row, under the names that tools write, to those of a document."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

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
