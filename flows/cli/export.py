"""copydesk export: files that open anywhere."""

from pathlib import Path
from typing import Annotated

import typer

from copydesk.flows.cli.options import Warehouse, refuse_inside, settings_with
from copydesk.schemas.enums import ExportFormat

ENDINGS = {".duckdb": ExportFormat.DUCKDB, ".db": ExportFormat.DUCKDB, ".sqlite": ExportFormat.SQLITE}
ENDINGS |= {".sqlite3": ExportFormat.SQLITE, ".csv": ExportFormat.CSV, ".parquet": ExportFormat.PARQUET}
ENDINGS |= {".jsonl": ExportFormat.JSONL}
FOLDERS = frozenset({ExportFormat.CSV, ExportFormat.PARQUET, ExportFormat.JSONL})


def export(
    out: Annotated[Path, typer.Argument(help="A new file (duckdb, sqlite) or folder (parquet, csv, jsonl).")],
    warehouse: Warehouse = None,
    form: Annotated[
        ExportFormat | None,
        typer.Option("--format", "-f", help="What to write; without it what OUT ends with, else duckdb."),
    ] = None,
    query: Annotated[str | None, typer.Option(help="Write the rows of this query only.")] = None,
    dbt: Annotated[
        bool, typer.Option("--dbt", help="Write the sources of a dbt project (YAML), no rows.")
    ] = False,
) -> None:
    """Write tables and views as one DuckDB or SQLite file (Datasette opens it), or as Parquet, CSV or JSON lines.

    Bytes (`documents.payload`) are base64 in CSV and JSON lines.
    """
    if dbt:
        from copydesk.warehouse.export import write_dbt_sources

        typer.echo(f"{write_dbt_sources(out)} tables and views named in {out}")
        return
    from copydesk.warehouse.connect import connect_reader
    from copydesk.warehouse.export import export as write

    place = settings_with(warehouse=warehouse).place
    refuse_inside(out, place)
    with connect_reader(place) as con:
        written = write(con, out.absolute(), form or _format_of(out, query), query=query)
    for name, count in written.items():
        typer.echo(f"{count:>10,}  {name}")
    typer.echo(f"written to {out}")


def _format_of(out: Path, query: str | None) -> ExportFormat:
    """Return the format that a name promises; refuse the name of one file for what is written as a folder."""
    form = ENDINGS.get(out.suffix.lower())
    if form is None and out.suffix:
        raise typer.BadParameter(
            f"{out}: no format of that ending; there are {' '.join(ENDINGS)}, or name one by --format"
        )
    if form is None:
        return ExportFormat.DUCKDB
    if form in FOLDERS:
        also = "; `copydesk sql --format csv` prints a query's rows" if query else ""
        name = f"--format {form} {out.with_suffix('')}"
        raise typer.BadParameter(f"{out} names one file, and {form} is written as a folder: {name}{also}")
    return form
