"""copydesk export: files that open anywhere."""

from pathlib import Path
from typing import Annotated

import typer

from copydesk.flows.cli.options import Warehouse, refuse_inside, settings_with
from copydesk.schemas.enums import ExportFormat


def export(
    out: Annotated[Path, typer.Argument(help="A new file (duckdb, sqlite) or folder (parquet, csv, jsonl).")],
    warehouse: Warehouse = None,
    form: Annotated[
        ExportFormat, typer.Option("--format", "-f", help="What to write.")
    ] = ExportFormat.DUCKDB,
    query: Annotated[str | None, typer.Option(help="Write the rows of this query only.")] = None,
    dbt: Annotated[
        bool, typer.Option("--dbt", help="Write the sources of a dbt project (YAML), no rows.")
    ] = False,
) -> None:
    """Write tables and views as one DuckDB or SQLite file (Datasette opens it), or as Parquet, CSV or JSON lines.

    Bytes (`documents.payload`) are base64 in CSV and JSON lines.
    """
    if dbt:
        from copydesk.warehouse.write_dbt_sources import write_dbt_sources

        typer.echo(f"{write_dbt_sources(out)} tables and views named in {out}")
        return
    from copydesk.warehouse.connect import connect_reader
    from copydesk.warehouse.export import export as write

    place = settings_with(warehouse=warehouse).place
    refuse_inside(out, place)
    with connect_reader(place) as con:
        written = write(con, out.absolute(), form, query=query)
    for name, count in written.items():
        typer.echo(f"{count:>10,}  {name}")
    typer.echo(f"written to {out}")
