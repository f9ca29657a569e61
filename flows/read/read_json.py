"""Reads a JSON file: one article, a list of them, a list inside an object, or objects one after another."""

import codecs
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from copydesk.flows.read.fields import map_columns
from copydesk.flows.read.format_of import wide_charset, wide_codec
from copydesk.flows.read.open_file import Opener
from copydesk.flows.read.raw_document import Arrival
from copydesk.flows.read.read_lines import LINE_CAP_BYTES, charset_of_rows, decode_row, read_lines
from copydesk.flows.read.read_row import Carrier, read_row, row_field, row_of
from copydesk.schemas.reasons import Reason
from copydesk.transforms.charsets.decode import decode
from copydesk.transforms.extract.decode_payload import UNSURE

PIECE_CHARS = 2**20
_LABEL = re.compile(r"[\w.:-]{1,20}", re.ASCII)
VALUE_CAP_CHARS = 64 * 2**20
"""A longer value of a file is refused: JSON is parsed a value at a time."""

_LISTS = (
    *("articles", "results", "items", "stories", "news", "documents"),
    *("docs", "posts", "data", "hits", "response"),
)
"""Under what names services and tools put their list of articles, also one of bare addresses."""

TEXT_CHARS = 200
"""What is shorter is a mark on a text, as annotations and lists of quotations have them."""
_OF_ARTICLES = ("text", "html", "url", "title")

_BETWEEN = re.compile(r"[\s,\ufeff]*")
_STRANGE = re.compile("[\udc80-\udcff]")
_DECODER = json.JSONDecoder(object_pairs_hook=row_of)
_DEEPEST = 3
LONGEST_TOKEN_CHARS = 64
"""A number or a word that is cut is told at its beginning."""


@dataclass(frozen=True, slots=True)
class _Broken:
    reason: Reason
    detail: str


def read_json(open_: Opener, carrier: Carrier) -> Iterator[Arrival]:
    """Yield a document or a refusal for each article of a file; what breaks the syntax ends it with a refusal."""
    number = 0
    charset = charset_of_rows(open_, given=carrier.encoding)
    with open_() as stream:
        start = stream.peek(4)[:4]
        wide = wide_charset(start)
        for value, name in _values(_pieces(stream, start), charset):
            if isinstance(value, _Broken):
                number += 1
                yield carrier.refuse(number, value.reason, value.detail)
                continue
            for row in _articles(value):
                if _is_of_no_article(row, carrier):
                    carrier.notes.not_articles[carrier.origin] += 1
                    continue
                number += 1
                yield _read(row, number, carrier, wide or name)


def _read(row: Any, number: int, carrier: Carrier, charset: str) -> Arrival:
    if isinstance(row, Mapping):
        return read_row(row, number, carrier, charset=charset)
    told = f"expected a JSON object, found {type(row).__name__}"
    return carrier.refuse(number, Reason.INVALID_ROW, told, json.dumps(row).encode()[:VALUE_CAP_CHARS])


def _is_of_no_article(row: Any, carrier: Carrier) -> bool:
    """Return whether an object has no field that an article has: settings, labels, a list of something else.

    A text of one word is a label: `story` and `article` are also names of numbers that group rows.
    """
    if not isinstance(row, Mapping):
        return False
    column_map = carrier.map_columns(tuple(row))
    texts = [row.get(place[0]) for place in column_map.places("text")]
    is_labelled = bool(texts) and all(isinstance(text, str) and _LABEL.fullmatch(text) for text in texts)
    return not any(column_map.places(name) for name in _OF_ARTICLES if name != "text" or not is_labelled)


def _articles(value: Any, depth: int = 0) -> Iterator[Any]:
    """Yield the articles of a value: itself, or the members of the list that it holds."""
    if isinstance(value, list) and depth:
        for each in value:
            yield from _articles(each, depth + 1)
        return
    if isinstance(value, Mapping) and isinstance(value.get("_source"), Mapping):  # Elasticsearch
        value = value["_source"]
    if isinstance(value, Mapping) and (rows := _rows_of_table(value)):
        yield from rows
        return
    if (
        isinstance(value, Mapping)
        and depth <= _DEEPEST
        and not (row_field(value, "text") or row_field(value, "html"))
    ):
        inner = next((value[name] for name in _LISTS if isinstance(value.get(name), list | dict)), None)
        members = list(value.values())
        inner = inner or (None if row_field(value, "url") else next(filter(_has_texts, members), None))
        if inner:
            yield from _articles(inner, depth + 1)
            return
        if members and all(isinstance(each, dict) and row_field(each, "text") for each in members):
            yield from members  # articles by their address
            return
    yield value


def _has_texts(value: Any) -> bool:
    """Whether a value is a list, whatever its name is, with an object that has a text of some length."""
    return isinstance(value, list) and any(
        isinstance(each, Mapping) and len(str(row_field(each, name) or "")) >= TEXT_CHARS
        for each in value
        for name in ("text", "html")
    )


def _rows_of_table(value: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the rows of a table as pandas writes it: its columns apart, or their names apart; none for what is none.

    Lists alone may be an article's paragraphs and authors: a table has more than one title, address or date.
    """
    names, data = value.get("columns"), value.get("data")
    if isinstance(names, list) and isinstance(data, list) and all(isinstance(row, list) for row in data):
        return [row_of(zip(map(str, names), row, strict=False)) for row in data]
    keys = {_keys(column) for column in value.values()}
    column_map = map_columns(tuple(value))
    if len(keys) != 1 or not all(
        any(column_map.places(name) for name in words)
        for words in (("text", "html"), ("title", "url", "published_at"))
    ):
        return []
    return [{name: column[key] for name, column in value.items()} for key in keys.pop()]


def _keys(column: Any) -> tuple[Any, ...]:
    """Return by what a column's cells are found; nothing for what is no column."""
    if isinstance(column, list):
        return tuple(range(len(column))) if len(column) > 1 else ()
    is_column = isinstance(column, Mapping) and (len(column) > 1 or all(map(str.isdigit, column)))
    return tuple(column) if is_column else ()


def _pieces(stream: Any, start: bytes) -> Iterator[str]:
    """Yield the file's text; bytes that are no UTF-8 show as half characters."""
    wide = wide_codec(start)
    make = codecs.getincrementaldecoder(wide or "utf-8")
    decoder = make("strict" if wide else "surrogateescape")
    while piece := stream.read1(PIECE_CHARS):
        yield decoder.decode(piece)
    yield decoder.decode(b"", final=True)


class _Text:
    """The text of a file as far as it was read, and where in it one stands."""

    def __init__(self, pieces: Iterator[str]) -> None:
        self._pieces = pieces
        self.text, self.at, self.is_end = "", 0, False

    def fill(self, wanted: int) -> None:
        """Read on until so many characters lie ahead, or the end."""
        while not self.is_end and len(self.text) - self.at < wanted:
            piece = next(self._pieces, None)
            self.is_end = piece is None
            self.text, self.at = self.text[self.at :] + (piece or ""), 0

    def next_sign(self) -> str:
        """Stand at the next character that is no gap; return it, empty at the end."""
        while True:
            self.fill(1)
            found = _BETWEEN.match(self.text, self.at)
            self.at = found.end() if found else self.at
            if self.at < len(self.text) or self.is_end:
                return self.text[self.at : self.at + 1]

    def skip_line(self) -> bool:
        """Stand at the next line that begins an object; return whether there is one among what was read."""
        following = self.text.find("\n{", self.at + 1)
        self.at = max(self.at, following)
        return following >= 0


def _values(pieces: Iterator[str], charset: Callable[[], str | None]) -> Iterator[tuple[Any, str]]:
    """Yield each value of the file with its encoding, the members of a list one by one; some may be broken."""
    text = _Text(pieces)
    is_list = text.next_sign() == "["
    text.at += is_list
    while sign := text.next_sign():
        if is_list and sign == "]":
            text.at += 1
            if text.next_sign():
                yield _Broken(Reason.INVALID_JSON, "something stands behind the list"), "utf-8"
            return
        value, start = _value(text), text.at
        if not isinstance(value, _Broken):
            value, text.at = value
            yield _decoded(value, text.text[start : text.at], charset)
            continue
        yield value, "utf-8"
        if is_list or not text.skip_line():
            return
    if is_list:
        yield _Broken(Reason.INVALID_JSON, "the file ends inside its list"), "utf-8"


def _value(text: _Text) -> tuple[Any, int] | _Broken:
    """Parse the value that begins here; return it with its end."""
    while True:
        try:
            return _DECODER.raw_decode(text.text, text.at)
        except (ValueError, RecursionError) as error:
            size = len(text.text) - text.at
            if size > VALUE_CAP_CHARS:
                return _Broken(Reason.TOO_LARGE, f"a value of more than {VALUE_CAP_CHARS} characters")
            if text.is_end or not _may_go_on(error, text.text):
                return _Broken(Reason.INVALID_JSON, str(error))
            text.fill(2 * size)


def _may_go_on(error: Exception, text: str) -> bool:
    """Return whether a value may only be cut: what follows is not read yet."""
    if not isinstance(error, json.JSONDecodeError):
        return False
    return error.msg.startswith("Unterminated string") or error.pos > len(text) - LONGEST_TOKEN_CHARS


def _decoded(value: Any, text: str, charset: Callable[[], str | None]) -> tuple[Any, str]:
    """Read a value again in the file's encoding, where its bytes are no UTF-8 and that is known."""
    if text.isascii() or not _STRANGE.search(text) or not (name := charset()):
        return value, "utf-8"
    try:
        return _DECODER.decode(decode(text.encode("utf-8", "surrogateescape"), name)), name
    except ValueError:
        return value, "utf-8"


def read_jsonl(open_: Opener, carrier: Carrier) -> Iterator[Arrival]:
    """Yield a document or a refusal for each line that is not blank; a damaged file ends with a refusal."""
    charset = charset_of_rows(open_, given=carrier.encoding)
    with open_() as stream:
        wide = wide_charset(stream.peek(4))  # the streams of open_file are buffered
        for line, raw in enumerate(read_lines(stream), 1):
            if raw is None:
                yield carrier.refuse(
                    line, Reason.TOO_LARGE, f"the line is longer than {LINE_CAP_BYTES} bytes"
                )
            elif raw.strip():
                yield _read_line(raw, line, carrier, charset, wide=wide)


def _read_line(
    raw: bytes, line: int, carrier: Carrier, charset: Callable[[], str | None], *, wide: str | None
) -> Arrival:
    try:
        decoded = decode_row(raw, line, charset)
        row = _DECODER.decode(decoded.text.rstrip().removesuffix(","))
    except UnicodeDecodeError as error:
        detail = f"not {error.encoding} at byte {error.start}; {UNSURE}"
        return carrier.refuse(line, Reason.INVALID_ENCODING, detail, raw)
    except (ValueError, RecursionError) as error:
        return carrier.refuse(line, Reason.INVALID_JSON, str(error), raw)
    if not isinstance(row, dict):
        return carrier.refuse(
            line, Reason.INVALID_ROW, f"expected a JSON object, found {type(row).__name__}", raw
        )
    return read_row(row, line, carrier, charset=wide or decoded.charset)
