"""copydesk export: files that open anywhere."""

from pathlib import Path
from typing import Annotated

import typer

from copydesk.flows.cli.options import Warehouse, refuse_inside, settings_with
from copydesk.schemas.enums import ExportFormat


def export(
    out: Annotated[Path, typer.Argument(help="A new file (duckdb) or a new folder (parquet, jsonl).")],
    warehouse: Warehouse = None,
    form: Annotated[
        ExportFormat, typer.Option("--format", "-f", help="What to write.")
    ] = ExportFormat.DUCKDB,
    query: Annotated[str | None, typer.Option(help="Write the rows of this query only.")] = None,
) -> None:
    """Write the tables as one DuckDB file, or as plain Parquet or JSON lines, which need no extension."""
    from copydesk.warehouse.connect import connect_reader
    from copydesk.warehouse.export import export as write

    place = settings_with(warehouse=warehouse).place
    refuse_inside(out, place)
    with connect_reader(place) as con:
        written = write(con, out.absolute(), form, query=query)
    for name, count in written.items():
        typer.echo(f"{count:>10,}  {name}")
    typer.echo(f"written to {out}")
