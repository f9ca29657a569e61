"""`copydesk sources`: the source list with its health, and the feeds and sitemaps of a site."""

import os
from pathlib import Path
from typing import Annotated

import typer

from flows.fetch.errors import FetchError
from flows.fetch.fetch_settings import read_fetch_settings
from flows.sources.items import SourceHealth
from flows.sources.read_sources import SourceListError, read_sources
from flows.sources.source import Source

app = typer.Typer(
    help="List the sources with their health, or find those of a site.", invoke_without_command=True
)

DEFAULT_LIST = Path("seeds/sources.toml")


def list_sources(path: Path, healths: dict[str, SourceHealth]) -> list[dict[str, object]]:
    """Return a row for each source of a list, with what the warehouse knows of it."""
    return [_row(source, healths.get(source.source_id)) for source in read_sources(path)]


def print_sources(rows: list[dict[str, object]]) -> None:
    """Print the rows as a table on a terminal."""
    from rich.console import Console
    from rich.table import Table

    table = Table(*(str(name).replace("_", " ") for name in (rows[0] if rows else {"source_id": ""})))
    for row in rows:
        table.add_row(*(_cell(value) for value in row.values()), style="yellow" if row["is_silent"] else None)
    Console().print(table if rows else "The list holds no sources.")


@app.command("discover")
def discover_command(
    url: Annotated[str, typer.Argument(help="The address of a site, or of a page of it.")],
) -> None:
    """Find the feeds and sitemaps of a site, and print them as entries for the source list."""
    from flows.sources.discover import discover

    try:
        found = discover(url, read_fetch_settings(os.environ))
    except (FetchError, ValueError) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from None
    if not found:
        typer.echo(f"No feed and no sitemap found at {url}", err=True)
        raise typer.Exit(1)
    for one in found:
        newest = f", newest {one.newest_at}" if one.newest_at else ""
        typer.echo(f"\n# {one.title or one.kind}: {one.entries_count} entries{newest}")
        typer.echo(f'[[source]]\nid = "{_name_of(one.url)}"\nkind = "{one.kind}"\nurl = "{one.url}"')
        if one.language:
            typer.echo(f'language = "{one.language}"')


def load(path: Path) -> tuple[Source, ...]:
    """Read a list for a command: a fault is told in its lines, with exit code 2."""
    try:
        return read_sources(path)
    except SourceListError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from None


def _row(source: Source, health: SourceHealth | None) -> dict[str, object]:
    health = health or SourceHealth(source.source_id)
    return {
        "source_id": source.source_id,
        "kind": source.kind,
        "url": source.url or source.path,
        "is_enabled": source.is_enabled,
        "schedule": source.schedule,
        "last_success_at": health.last_success_at,
        "last_new_article_at": health.last_new_article_at,
        "entries_seen_count": health.entries_seen_count,
        "failures_in_row_count": health.failures_in_row_count,
        "has_trusted_validators": health.has_trusted_validators,
        "is_silent": health.is_silent,
        "last_error": health.last_error,
    }


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:%Y-%m-%d %H:%M}" if hasattr(value, "strftime") else str(value)


def _name_of(url: str) -> str:
    host, _, path = url.partition("://")[2].partition("/")
    words = [host.removeprefix("www."), *(part for part in path.split("/") if part)]
    return "-".join(words).replace(".", "-").replace('"', "")[:60]
