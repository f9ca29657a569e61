"""Turns one row of a file into a document, or says why it cannot be one."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from html import unescape
from math import isnan
from typing import Any

from copydesk.flows.read.fields import FIELDS, NO_WISHES, ColumnMap, FieldNotes, Wishes, map_columns
from copydesk.flows.read.raw_document import Arrival, RawDocument, Refused
from copydesk.schemas.reasons import Reason
from copydesk.transforms.extract.decode_payload import decode_html
from copydesk.transforms.refuse import Unextractable
from copydesk.transforms.text.count_words import count_words

FEWEST_WORDS = 6
"""A row with fewer words of text is no article: a label, a number, a cell of another table."""
SEEN_CHARS = 300

_TAGS = re.compile(r"<[^<>]*>")
_MARKUP = re.compile(
    r"\s*<(?:!doctype|html|head|body|div|p|article|section|h[1-6]|span|figure)\b[^<>]*>", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Carrier:
    """The file that holds the rows: its source, its origin, when it is read, and what the user says of it."""

    source_id: str
    origin: str
    fetched_at: datetime
    encoding: str | None = None
    """What the user says that bytes are which are no UTF-8, under the WHATWG standard's name."""
    wishes: Wishes = NO_WISHES
    notes: FieldNotes = field(default_factory=FieldNotes)

    def refuse(
        self,
        line: int | None,
        reason: Reason,
        detail: str,
        payload: bytes | None = None,
        *,
        url: str | None = None,
    ) -> Refused:
        """Return a refusal of a row of this file."""
        return Refused(self.source_id, self.origin, reason, detail, self.fetched_at, line, payload, url=url)

    def map_columns(self, columns: Sequence[str]) -> ColumnMap:
        """Return which of these columns is which field."""
        return map_columns(tuple(columns), self.wishes)


def row_of(cells: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """Return names and values as a row; of several of one name the first that holds something counts."""
    row: dict[str, Any] = {}
    for name, value in cells:
        if row.get(name) in (None, ""):
            row[name] = value
    return row


def row_field(row: Mapping[str, Any], name: str, column_map: ColumnMap | None = None) -> str | None:
    """Return a field as text from the first column that holds it; null where it is missing, empty or no value."""
    for place in (column_map or map_columns(tuple(row))).places(name):
        value = _text(_at(row, place), is_body=name in {"text", "html"})
        if value is not None:
            return value
    return None


def read_row(
    row: Mapping[str, Any],
    line: int,
    carrier: Carrier,
    *,
    charset: str = "utf-8",
    column_map: ColumnMap | None = None,
) -> Arrival:
    """Return the document of a row. A row with text is text, also where it has HTML as well.

    `charset` is the encoding that the row stood in; the payload is its text in UTF-8. `column_map` is that of its file.
    """
    column_map = column_map or carrier.map_columns(tuple(row))
    url = _clean(row_field(row, "url", column_map))
    try:
        content, is_text = _content(row, column_map)
        payload = content.encode()
    except Unextractable as error:
        return carrier.refuse(line, error.reason, error.detail)
    except UnicodeEncodeError as error:
        return carrier.refuse(line, Reason.INVALID_ENCODING, f"the text is not valid Unicode: {error.reason}")
    if not content:
        told = "an address without a text; --fetch asks for the page" if url else without_text(row)
        return carrier.refuse(line, Reason.NO_TEXT, told, url=url)
    if is_text and (words := count_words(content.lstrip()[:SEEN_CHARS])) < FEWEST_WORDS:
        told = f"a text of {words} word{'s' * (words != 1)}: {content.strip()[:80]!r}"
        return carrier.refuse(line, Reason.NO_ARTICLE, told, payload, url=url)
    carrier.notes.rows[column_map] += 1
    kept = {name: value for name in carrier.wishes.kept if (value := row.get(name)) not in (None, "")}
    return RawDocument(
        source_id=carrier.source_id,
        origin=carrier.origin,
        line=line,
        payload=payload,
        media_type="text/plain" if is_text else "text/html",
        charset=charset,
        fetched_at=carrier.fetched_at,
        url=url,
        external_id=_clean(row_field(row, "id", column_map)),
        title=_clean(row_field(row, "title", column_map)),
        authors=tuple(name for author in _authors(row, column_map) if (name := _clean(author))),
        language=_clean(row_field(row, "language", column_map)),
        publisher=_clean(row_field(row, "source", column_map)),
        published_at=_clean(row_field(row, "published_at", column_map)),
        extra=json.loads(json.dumps(kept, default=str)),
    )


def _content(row: Mapping[str, Any], column_map: ColumnMap) -> tuple[str, bool]:
    """Return what a row holds, empty for nothing, and whether that is text and no markup."""
    text, html = row_field(row, "text", column_map), row_field(row, "html", column_map)
    content = text or html or ""
    return content, bool(text) and not (_MARKUP.match(content) and "</" in content)


def _authors(row: Mapping[str, Any], column_map: ColumnMap) -> tuple[str, ...]:
    """Return the authors, whether they stand as a list, as a list's text, or as one text."""
    for place in column_map.places("authors"):
        value = _listed(_at(row, place))
        if isinstance(value, list):
            names = tuple(name for item in value if (name := _text(item)))
            if names:
                return names
        elif (name := _text(value)) is not None:
            return (name,)
    return ()


def _listed(value: Any) -> Any:
    """Return the list that a table's cell spells out, as pandas (`['A B']`) and JSON write it."""
    if not isinstance(value, str) or not value.startswith("["):
        return value
    try:
        return json.loads(value)
    except (ValueError, RecursionError):
        quoted = re.findall(r"'((?:[^'\\]|\\.)*)'|\"((?:[^\"\\]|\\.)*)\"", value)
        return [one or other for one, other in quoted] or ([] if value.strip("[] ") == "" else value)


def _at(row: Mapping[str, Any], place: tuple[str, ...]) -> Any:
    value: Any = row
    for name in place:
        if not isinstance(value, Mapping):
            return None
        found = value.get(name)
        value = next((value[key] for key in value if key.lower() == name), None) if found is None else found
    return value


_NAMES = ("name", "rendered", "$date", "$numberLong")
"""What an object stands for; the last two are how MongoDB exports a time."""

_BODIES = ("rendered", "value", "html", *FIELDS["text"])
"""Under what name an object that stands for a text holds it; feedparser says `value`."""


def _text(value: Any, *, is_body: bool = False) -> str | None:  # noqa: C901, PLR0911 - one for each kind of value
    match value:
        case str():
            return value if value.strip() else None
        case bool() | None:
            return None
        case float() if isnan(value):  # as tables write that they hold nothing
            return None
        case int() | float():
            return str(value)
        case datetime() | date():
            return value.isoformat()
        case bytes():  # as crawls keep pages, and writers of Parquet that know no text
            return _text(decode_html(value).text if is_body else value.decode("utf-8", "ignore"))
        case Mapping():
            return _named(value, is_body=is_body)
        case [Mapping() as first, *_] if is_body and "/" in str(
            first.get("type")
        ):  # one text in several types
            return _text(first, is_body=True)
        case list() if is_body:
            return "\n\n".join(text for item in value if (text := _text(item, is_body=True))) or None
        case [only]:
            return _text(only)
        case _:
            return None


def _named(value: Mapping[str, Any], *, is_body: bool) -> str | None:
    """Read a person or an organisation as schema.org writes them, a text of WordPress, a body of fundus."""
    if is_body and ("sections" in value or "summary" in value):
        sections = [
            part
            for each in value.get("sections") or ()
            for part in (each.get("headline"), each.get("paragraphs"))
        ]
        return _text([value.get("summary"), *sections], is_body=True)
    names = _BODIES if is_body else _NAMES
    key, text = next(((key, text) for key in names if (text := _text(value.get(key)))), ("", None))
    is_markup = text is not None and key == "rendered" and not is_body
    return unescape(_TAGS.sub("", text)) if text and is_markup else text


def _clean(value: str | None) -> str | None:
    """Drop what UTF-8 cannot hold (lone surrogates) and outer white space from a metadata field."""
    return value.encode("utf-8", "ignore").decode().strip() or None if value else None


def without_text(columns: Iterable[str], column_map: ColumnMap | None = None) -> str:
    """Return what is said of rows without a text, with the columns that they have."""
    if column_map and column_map.places("url"):
        return "a list of addresses without texts; --fetch asks for the pages"
    names = ", ".join(sorted(map(str, columns))[:12]) or "none"
    return f"no text or html among its fields: {names} (--map text=COLUMN names one)"
