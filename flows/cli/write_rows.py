"""Writes the rows of an answer for people and for programs."""

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    import pyarrow as pa


FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""What spreadsheets take for the beginning of a formula, or skip before one."""


class Format(StrEnum):
    """How a result is written."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"
    PARQUET = "parquet"


def write_rows(rows: "pa.Table", form: Format, out: Path | None = None) -> None:
    """Write rows to a file, else to standard output."""
    match form:
        case Format.PARQUET:
            import pyarrow.parquet as pq

            pq.write_table(rows, out)
        case Format.TABLE:
            _print_table(rows)
        case _:
            text = _csv(rows) if form is Format.CSV else _json(rows)
            if out is None:
                sys.stdout.write(text)
            else:
                out.write_text(text, "utf-8")


def _print_table(rows: "pa.Table") -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from copydesk.flows.report.visible import visible

    table = Table(header_style="bold")
    for name, type_ in zip(rows.column_names, rows.schema.types, strict=True):
        is_number = str(type_).startswith(("int", "uint", "double", "float", "decimal"))
        table.add_column(Text(visible(name)), justify="right" if is_number else "left", overflow="fold")
    for row in rows.to_pylist():
        table.add_row(*(Text("" if value is None else visible(str(value))) for value in row.values()))
    Console().print(table)
    typer.echo(f"{rows.num_rows} rows", err=True)


def _csv(rows: "pa.Table") -> str:
    import csv
    import io

    text = io.StringIO()
    writer = csv.writer(text)
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
