"""copydesk sql: ask the tables, read-only."""

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from flows.cli.options import Warehouse, settings_with

if TYPE_CHECKING:
    import pyarrow as pa


class Format(StrEnum):
    """How a result is written."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"
    PARQUET = "parquet"


def sql(
    query: Annotated[str | None, typer.Argument(help="The query; - reads it from standard input.")] = None,
    warehouse: Warehouse = None,
    form: Annotated[
        Format | None, typer.Option("--format", "-f", help="[default: table on a terminal, else csv].")
    ] = None,
    out: Annotated[Path | None, typer.Option("--out", "-o", help="Write to this file.")] = None,
) -> None:
    """Run one query against the warehouse, read-only, also while a run writes.

    It reads the tables and nothing else: no file, address, setting or other database.
    Without QUERY: prints how to attach the tables from the DuckDB shell, Python and R.
    """
    from warehouse.ask import ask
    from warehouse.connect import connect_any_form

    settings = settings_with(warehouse=warehouse)
    if query is None:
        _print_attachments(settings.place)
        return
    chosen = form or (Format.TABLE if sys.stdout.isatty() and out is None else Format.CSV)
    if chosen is Format.PARQUET and out is None:
        raise typer.BadParameter("a Parquet file needs a place: --out FILE")
    with connect_any_form(settings.place) as con:
        rows = ask(con, settings.place, sys.stdin.read() if query == "-" else query)
    _write(rows, chosen, out)


def _write(rows: "pa.Table", form: Format, out: Path | None) -> None:
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

    from flows.cli.plain import plain

    table = Table(header_style="bold")
    for name, type_ in zip(rows.column_names, rows.schema.types, strict=True):
        is_number = str(type_).startswith(("int", "uint", "double", "float", "decimal"))
        table.add_column(Text(plain(name)), justify="right" if is_number else "left", overflow="fold")
    for row in rows.to_pylist():
        table.add_row(*(Text("" if value is None else plain(str(value))) for value in row.values()))
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
    """Return a value as a CSV cell that no spreadsheet takes for a formula."""
    import json

    from flows.report.guard_cell import guard_cell

    if isinstance(value, list | dict):
        value = json.dumps(value, ensure_ascii=False, default=_plain_json)
    return guard_cell(value)


def _json(rows: "pa.Table") -> str:
    import json

    lines = (json.dumps(row, ensure_ascii=False, default=_plain_json) for row in rows.to_pylist())
    return "[" + ",\n ".join(lines) + "]\n"


def _plain_json(value: Any) -> str:
    import base64

    return base64.b64encode(value).decode() if isinstance(value, bytes) else str(value)


def _print_attachments(place: Any) -> None:
    from warehouse.connect import attach_statements

    install, attach, use = attach_statements(place)
    typer.echo(
        f"""From the DuckDB shell (1.5.5):

  {install}
  {attach}
  {use}

From Python:

  from pathlib import Path
  from warehouse.connect import connect_reader
  from warehouse.place import Place
  con = connect_reader(Place(Path("{place.folder}")))
  con.sql("select title from articles_latest")

From R:

  con <- DBI::dbConnect(duckdb::duckdb())
  DBI::dbExecute(con, "{install}")
  DBI::dbExecute(con, "{attach}")
  DBI::dbExecute(con, "{use}")
"""
    )
