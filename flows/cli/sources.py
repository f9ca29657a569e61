"""`copydesk sources`: the source list with its health, and the feeds and sitemaps of a site."""

import os
from typing import TYPE_CHECKING, Annotated

import typer

from copydesk.flows.cli.edit_sources import add_command, export_command, import_command, try_command
from copydesk.flows.cli.options import SourceList, Warehouse, settings_with
from copydesk.flows.report.visible import visible
from copydesk.flows.sources.name_source import name_of_address
from copydesk.schemas.user_error import UserError
from copydesk.transforms.redact import redact_url

if TYPE_CHECKING:
    from copydesk.flows.sources.items import SourceHealth
    from copydesk.flows.sources.source import Source
    from copydesk.warehouse.place import Place

app = typer.Typer(help="List the sources with their health; find, add, exchange and try them.")

Row = dict[str, object]


@app.callback(invoke_without_command=True)
def list_command(context: typer.Context, sources: SourceList = None, warehouse: Warehouse = None) -> None:
    """List the sources with their health: last success, last new article, entries, failures, trust."""
    if context.invoked_subcommand is not None:
        return
    from copydesk.flows.sources.read_sources import read_sources

    settings = settings_with(warehouse=warehouse, sources=sources)
    listed = with_health(read_sources(settings.sources), settings.place)
    print_sources([describe_source(source, health) for source, health in listed])


@app.command("discover")
def discover_command(
    url: Annotated[str, typer.Argument(help="The address of a site, or of a page of it.")],
) -> None:
    """Find the feeds and sitemaps of a site, and print them as entries for the source list."""
    from copydesk.flows.fetch.errors import FetchError
    from copydesk.flows.fetch.fetch_settings import read_fetch_settings
    from copydesk.flows.sources.discover import discover

    try:
        found = discover(url, read_fetch_settings(os.environ))
    except FetchError as error:
        raise UserError(str(error)) from error
    if not found:
        typer.echo(f"copydesk: no feed and no sitemap found at {redact_url(url)}", err=True)
        raise typer.Exit(1)
    for one in found:
        newest = f", newest {one.newest_at}" if one.newest_at else ""
        typer.echo(
            visible(f"\n# {' '.join((one.title or one.kind).split())}: {one.entries_count} entries{newest}")
        )
        typer.echo(
            f'[[source]]\nid = "{name_of_address(one.url)}"\nkind = "{one.kind}"\nurl = "{_quoted(one.url)}"'
        )
        if one.language:
            typer.echo(f'language = "{_quoted(one.language)}"')


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
        "kind": source.kind,
        "enabled": source.is_enabled,
        "schedule": source.schedule,
        "last success": health.last_success_at,
        "last new": health.last_new_article_at,
        "entries": health.entries_seen_count,
        "failures": health.failures_in_row_count,
        "validators": "trusted" if health.has_trusted_validators else "not trusted",
        "note": health.last_error or ("silent" if health.is_silent else None),
    }


def print_sources(rows: list[Row]) -> None:
    """Print the rows as a table; those in trouble are coloured."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in rows[0] if rows else ():
        table.add_column(name, no_wrap=True)
    for row in rows:
        table.add_row(
            *(Text(_cell(value)) for value in row.values()), style="yellow" if row["note"] else None
        )
    # A terminal that is too narrow wraps lines itself; cutting names would make them useless.
    Console(soft_wrap=True, width=200 if rows else None).print(
        table if rows else "The list holds no sources."
    )


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:%Y-%m-%d %H:%M}" if hasattr(value, "strftime") else str(value)


def _quoted(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')
