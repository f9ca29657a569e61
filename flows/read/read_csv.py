"""Reads a table of text (.csv, .tsv) row by row, in bounded memory, whatever parts its cells."""

import csv
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, zip_longest

from copydesk.flows.read.fields import FIELDS, map_columns
from copydesk.flows.read.format_of import beginning, wide_charset
from copydesk.flows.read.open_file import Opener
from copydesk.flows.read.raw_document import Arrival
from copydesk.flows.read.read_lines import LINE_CAP_BYTES, charset_of_rows, decode_row, read_lines
from copydesk.flows.read.read_row import Carrier, read_row, row_of, without_text
from copydesk.schemas.reasons import Reason

SAMPLE_LINES, SAMPLE_CHARS = 200, 200_000
DELIMITERS = (",", "\t", ";", "|")
_ANNOUNCED = re.compile("sep=(.)", re.IGNORECASE)
NOTHING = frozenset({"", "NULL", "null", "\\N", "nan", "NaN", "None", "NA", "N/A", "<NA>"})
"""Cells by which tables say that they hold nothing."""


@dataclass(frozen=True, slots=True)
class _Dialect:
    delimiter: str
    escape: str | None = None
    is_announced: bool = False
    """Whether the first line says what parts the cells, as spreadsheets write it: `sep=;`."""

    def reader(self, lines: Iterator[str]) -> Iterator[list[str]]:
        csv.field_size_limit(LINE_CAP_BYTES)
        return csv.reader(
            lines, delimiter=self.delimiter, escapechar=self.escape, doublequote=self.escape is None
        )


def read_csv(open_: Opener, carrier: Carrier) -> Iterator[Arrival]:
    """Yield a document or a refusal for each row below the header; a damaged file ends with a refusal."""
    charset = charset_of_rows(open_, given=carrier.encoding)
    with open_() as stream:
        dialect = _dialect(open_, charset)
        wide = wide_charset(stream.peek(4))
        lines = _Lines(_decoded(read_lines(stream), charset))
        if dialect.is_announced:
            next(lines)
        rows = dialect.reader(lines)
        header = next(rows, [])
        column_map = carrier.map_columns(header)
        if header and not column_map.gives_documents(carrier.wishes):
            yield carrier.refuse(None, Reason.NO_TEXT, without_text(header, column_map))
            return
        while True:
            line = lines.count + 1
            try:
                row = next(rows, None)
            except csv.Error as error:
                yield carrier.refuse(line, Reason.INVALID_ROW, str(error))
                continue
            if row is None:
                return
            if lines.is_at_end:  # which a row reaches only inside of quotation marks
                told = f"a quotation mark opens here and closes nowhere: one cell up to line {lines.count}"
                yield carrier.refuse(
                    line, Reason.INVALID_ROW, told, "\t".join(row).encode("utf-8", "replace")
                )
            elif row:
                yield _read(row, header, line, carrier, wide or lines.charset)


def _read(row: list[str], header: Sequence[str], line: int, carrier: Carrier, charset: str) -> Arrival:
    if len(row) > len(header):
        told = f"{len(row)} cells under a header of {len(header)}: is a text without quotation marks?"
        return carrier.refuse(
            line, Reason.INVALID_ROW, told, "\t".join(row).encode("utf-8", "surrogateescape")
        )
    cells = row_of(zip_longest(header, (None if cell in NOTHING else cell for cell in row)))
    return read_row(cells, line, carrier, charset=charset)


class _Lines:
    """Counts the lines that a reader has taken, and remembers the encoding of those that are no UTF-8."""

    def __init__(self, lines: Iterator[tuple[str, str]]) -> None:
        self._lines, self.count, self.charset, self.is_at_end = lines, 0, "utf-8", False

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        try:
            text, charset = next(self._lines)
        except StopIteration:
            self.is_at_end = True
            raise
        self.count += 1
        self.charset = charset if charset != "utf-8" else self.charset
        return text


def _decoded(lines: Iterator[bytes | None], charset: Callable[[], str | None]) -> Iterator[tuple[str, str]]:
    """Yield lines as text; one that is too long is left out, bytes that nothing explains show as half characters."""
    for number, raw in enumerate(lines, 1):
        if raw is None:
            yield "\n", "utf-8"
            continue
        try:
            decoded = decode_row(raw, number, charset)
            yield decoded.text, decoded.charset
        except UnicodeDecodeError:
            yield raw.decode("utf-8", "surrogateescape"), "utf-8"


def _dialect(open_: Opener, charset: Callable[[], str | None]) -> _Dialect:
    """Choose what parts the cells: the header then names the most fields, and rows are as long as it."""
    with open_() as stream:
        sample, size = [], 0
        for text, _ in islice(_decoded(read_lines(stream), charset), SAMPLE_LINES):
            sample.append(text)
            size += len(text)
            if size > SAMPLE_CHARS:
                break
    if sample and (said := _ANNOUNCED.fullmatch(sample[0].strip(' \r\n\ufeff"'))):
        return _Dialect(said[1], is_announced=True)
    whole = "".join(sample)
    escape = "\\" if '\\"' in whole and '""' not in whole else None
    return max((_Dialect(each, escape) for each in DELIMITERS), key=lambda each: _fitness(each, sample))


def names_columns(start: bytes) -> bool:
    """Whether a text begins with a header that names an article's text and two more of its fields."""
    header = re.split(rb"[\r\n]", beginning(start), maxsplit=1)[0].decode("utf-8", "replace").strip()
    maps = [
        map_columns(tuple(cells)) for each in DELIMITERS for cells in _Dialect(each).reader(iter([header]))
    ]
    return any(
        column_map.places("text") and sum(bool(column_map.places(name)) for name in FIELDS) > 2
        for column_map in maps
    )


def _fitness(dialect: _Dialect, sample: list[str]) -> tuple[int, float, int]:
    try:
        header, *rows = list(dialect.reader(iter(sample))) or [[]]
    except csv.Error:
        return (0, 0.0, 0)
    column_map = map_columns(tuple(header))
    known = sum(bool(column_map.places(name)) for name in FIELDS)
    equal = sum(len(row) == len(header) for row in rows) / max(1, len(rows))
    return (known, equal, len(header))
