"""`copydesk sources`: the source list with its health, and the feeds and sitemaps of a site."""

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from copydesk.flows.cli.edit_sources import (
    add_command,
    discovered,
    export_command,
    import_command,
    try_command,
)
from copydesk.flows.cli.options import SourceList, Warehouse, settings_with
from copydesk.flows.cli.write_rows import Chosen, write_rows
from copydesk.flows.report.visible import visible

if TYPE_CHECKING:
    from datetime import datetime

    from copydesk.flows.sources.items import SourceHealth
    from copydesk.flows.sources.source import Source
    from copydesk.warehouse.place import Place

app = typer.Typer(help="List the sources with their health; find, add, exchange and try them.")

Row = dict[str, object]


@app.callback(invoke_without_command=True)
def list_command(
    context: typer.Context, sources: SourceList = None, warehouse: Warehouse = None, form: Chosen = None
) -> None:
    """List the sources with their health: last success, last new article, entries, failures, trust."""
    if context.invoked_subcommand is not None:
        return
    import pyarrow as pa

    from copydesk.flows.sources.read_sources import read_sources

    settings = settings_with(warehouse=warehouse, sources=sources)
    listed = with_health(read_sources(settings.sources), settings.place)
    rows = [describe_source(source, health) for source, health in listed]
    write_rows(pa.Table.from_pylist(rows), form)
    for row in rows if sys.stdout.isatty() else ():  # a terminal has no room for them
        if row["note"]:
            typer.secho(visible(f"{row['source']}: {row['note']}"), fg="yellow")


@app.command("discover")
def discover_command(
    url: Annotated[str, typer.Argument(help="The address of a site, or of a page of it.")],
) -> None:
    """Find the feeds and sitemaps of a site, and print them as entries for the source list."""
    from copydesk.flows.sources.add_sources import entry_of

    for one in discovered(url):
        newest = f", newest {one.newest_at}" if one.newest_at else ""
        typer.echo(
            visible(f"\n# {' '.join((one.title or one.kind).split())}: {one.entries_count} entries{newest}")
        )
        typer.echo(visible(entry_of(one.source)), nl=False)


for command, name in (
    (import_command, "import"),
    (export_command, "export"),
    (add_command, "add"),
    (try_command, "test"),
):
    app.command(name, short_help=(command.__doc__ or "").partition("\n")[0])(command)


def with_health(sources: "tuple[Source, ...]", place: "Place") -> "list[tuple[Source, SourceHealth]]":
    """Join sources with what the warehouse knows of them; where there is none, nothing is known."""
    from copydesk.flows.sources.items import SourceHealth
    from copydesk.flows.sources.memory import Memory
    from copydesk.warehouse.attach import NoWarehouseError
    from copydesk.warehouse.connect import connect_reader

    try:
        con = connect_reader(place)
    except NoWarehouseError:
        return [(source, SourceHealth(source.source_id)) for source in sources]
    with con:
        memory = Memory(con)
        return [
            (source, memory.health(source.source_id) or SourceHealth(source.source_id)) for source in sources
        ]


def describe_source(source: "Source", health: "SourceHealth") -> Row:
    """Return the columns that the list shows of a source."""
    return {
        "source": source.source_id,
        "kind": str(source.kind),
        "last_success": _minute(health.last_success_at),
        "last_new": _minute(health.last_new_article_at),
        "failures": health.failures_in_row_count,
        "entries": health.entries_seen_count,
        "enabled": source.is_enabled,
        "schedule": source.schedule,
        "validators": "trusted" if health.has_trusted_validators else "not trusted",
        "note": health.last_error or ("silent" if health.is_silent else None),
    }


def _minute(moment: "datetime | None") -> str | None:
    return f"{moment:%Y-%m-%d %H:%M}" if moment else None
