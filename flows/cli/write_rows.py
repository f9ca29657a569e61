"""Writes the rows of an answer for people and for programs."""

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from copydesk.flows.cli.options import give
from copydesk.flows.report.visible import visible

if TYPE_CHECKING:
    from collections.abc import Callable

    import pyarrow as pa


FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""What spreadsheets take for the beginning of a formula, or skip before one."""


class Format(StrEnum):
    """How a result is written."""

    TABLE = "table"
    LINES = "lines"
    CSV = "csv"
    JSON = "json"
    PARQUET = "parquet"


Chosen = Annotated[
    Format | None,
    typer.Option("--format", "-f", help="How to write the rows (default: table on a terminal, else csv)."),
]
Lines = Annotated[bool, typer.Option("--lines", "-x", help="Show a line a field, in full.")]


def write_rows(rows: "pa.Table", form: Format | None, out: Path | None = None) -> None:
    """Write rows to a file, else to standard output; without a form as a table on a terminal, else as CSV."""
    form = form or (Format.TABLE if sys.stdout.isatty() and out is None else Format.CSV)
    if form is not Format.PARQUET:
        give(_written(rows, WRITERS[form]), out)
        return
    if out is None:
        raise typer.BadParameter("a Parquet file needs a place: `copydesk sql --format parquet --out FILE`")
    import pyarrow.parquet as pq

    pq.write_table(rows, out)


def _written(rows: "pa.Table", write: "Callable[[pa.Table], str]") -> str:
    try:
        return write(rows)
    except (OverflowError, ValueError):
        from copydesk.warehouse.draw_rows import as_text

        return write(as_text(rows))


def _table(rows: "pa.Table") -> str:
    from shutil import get_terminal_size

    from copydesk.warehouse.draw_rows import draw_rows

    return draw_rows(_shown(rows), width=get_terminal_size((120, 40)).columns) + "\n"


def _lines(rows: "pa.Table") -> str:
    """Return a line a field, whatever its length."""
    width = max(map(len, rows.column_names))
    parts = []
    for number, row in enumerate(_shown(rows).to_pylist(), 1):
        fields = (f"{name:<{width}} | {'' if value is None else value}" for name, value in row.items())
        parts.append("\n".join((f"-[ row {number} of {rows.num_rows} ]-", *fields, "")))
    return "\n".join(parts) or "0 rows\n"


def _shown(rows: "pa.Table") -> "pa.Table":
    """Return the rows with what a reader cannot see written out; a terminal runs none of it."""
    import pyarrow as pa

    def shown(column: Any) -> Any:
        kind = str(column.type)
        if not any(word in kind for word in ("string", "struct", "null")):
            return column
        values = [_seen(value) for value in column.to_pylist()]
        return pa.array(values, pa.string() if kind == "null" else column.type)

    return pa.table([shown(column) for column in rows.columns], [_seen(name) for name in rows.column_names])


def _seen(value: Any) -> Any:

    if isinstance(value, str):
        return visible(value)
    if isinstance(value, list):
        return [_seen(each) for each in value]
    return {key: _seen(each) for key, each in value.items()} if isinstance(value, dict) else value


def _csv(rows: "pa.Table") -> str:
    import csv
    import io

    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(rows.column_names)
    for row in rows.to_pylist():
        writer.writerow(_cell(value) for value in row.values())
    return text.getvalue()


def _cell(value: Any) -> Any:
    import json

    if isinstance(value, list | dict):
        value = json.dumps(value, ensure_ascii=False, default=_plain_json)
    return guard_cell(value)


def guard_cell(value: Any) -> Any:
    """Return a text that a spreadsheet would run as a formula with an apostrophe before it; others as they are."""
    is_formula = isinstance(value, str) and value.lstrip(" ").startswith(FORMULA_STARTS)
    return f"'{value}" if is_formula else value


def _json(rows: "pa.Table") -> str:
    import json

    lines = (json.dumps(row, ensure_ascii=False, default=_plain_json) for row in rows.to_pylist())
    return "[" + ",\n ".join(lines) + "]\n"


def _plain_json(value: Any) -> str:
    import base64

    return base64.b64encode(value).decode() if isinstance(value, bytes) else str(value)


WRITERS: "dict[Format, Callable[[pa.Table], str]]" = {
    Format.TABLE: _table,
    Format.LINES: _lines,
    Format.CSV: _csv,
    Format.JSON: _json,
}
