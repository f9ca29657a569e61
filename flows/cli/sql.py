"""copydesk sql: ask the tables, read-only."""

import sys
from typing import Annotated, Any

import typer

from copydesk.flows.cli.options import Out, Warehouse, refuse_inside, settings_with
from copydesk.flows.cli.write_rows import Chosen, Format, Lines, write_rows

LISTINGS = frozenset({".tables", ".table", ".views", ".t", "\\d", "\\dt", "\\dv"})
"""How the shells of databases are asked what there is."""


def sql(
    query: Annotated[str | None, typer.Argument(help="The query; - reads it from standard input.")] = None,
    warehouse: Warehouse = None,
    form: Chosen = None,
    lines: Lines = False,
    out: Out = None,
) -> None:
    """Run one query against the warehouse, read-only, also while a run writes.

    It reads the tables and nothing else: no file, address, setting or other database.
    `.tables` lists the views and tables with what a row of each is, `.schema NAME` the columns of one.
    Without QUERY: prints how to attach the tables from the DuckDB shell, Python and R.
    """
    from copydesk.warehouse.ask import ask
    from copydesk.warehouse.connect import connect_any_form

    settings = settings_with(warehouse=warehouse)
    if query is None:
        _print_attachments(settings.place)
        return
    command, _, name = query.strip().rstrip(";").partition(" ")
    if command in LISTINGS and not name:
        _print_tables()
        return
    if command in {".schema", "\\d", ".columns"} and name:
        query = f"describe {name}"
    elif command.startswith((".", "\\")):
        raise typer.BadParameter(
            f"{command} is a command of another shell; here are .tables, .schema NAME and SQL"
        )
    refuse_inside(out, settings.place)
    with connect_any_form(settings.place) as con:
        rows = ask(con, settings.place, sys.stdin.read() if query == "-" else query)
    write_rows(rows, form or (Format.LINES if lines else None), out)


def _print_tables() -> None:
    from shutil import get_terminal_size
    from textwrap import fill

    from copydesk.schemas.tables import SHELVES
    from copydesk.warehouse.create import VIEWS, read_definitions

    shelves = {"Views": {view.name: view.comment for view in read_definitions(VIEWS)}}
    shelves |= {title: {table.name: table.grain for table in shelf} for title, shelf in SHELVES.items()}
    width = get_terminal_size((120, 40)).columns
    for title, listed in shelves.items():
        typer.echo(f"{title} (a row is)\n")
        for name, comment in listed.items():
            grain = comment.partition(". ")[0].removeprefix("One row per ").removesuffix(".")
            typer.echo(fill(f"{name:<26} {grain}", width, initial_indent="  ", subsequent_indent=" " * 29))
        typer.echo()


def _print_attachments(place: Any) -> None:
    from importlib.metadata import version

    from copydesk.warehouse.attach import NoWarehouseError
    from copydesk.warehouse.connect import attach_statements

    if not (place.catalog or place.is_created):
        raise NoWarehouseError(
            f"no warehouse in {place.folder}: run `copydesk ingest` first, or give --warehouse"
        )
    install, attach, use = attach_statements(place)
    typer.echo(
        f"""From the DuckDB shell ({version("duckdb")}):

  {install}
  {attach}
  {use}

From Python:

  import copydesk
  con = copydesk.connect("{place.folder}")
  con.sql("select title from articles_latest")

From R:

  con <- DBI::dbConnect(duckdb::duckdb())
  DBI::dbExecute(con, "{install}")
  DBI::dbExecute(con, "{attach}")
  DBI::dbExecute(con, "{use}")
"""
    )
    if not (place.catalog or place.is_writable):
        typer.echo(
            f"You may not write in {place.folder}, where SQLite needs to. Python reads a copy of the catalog by itself;"
            f" elsewhere copy {place.sqlite}* to a folder of your own, and attach that in its place."
        )
