"""`copydesk sources import, export, add, test`: the list written from elsewhere, and tried before it runs."""

import shlex
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from copydesk.flows.cli.hint import called_as
from copydesk.flows.cli.options import MOST, DryRun, Out, SourceList, give, settings_with
from copydesk.flows.report.visible import visible
from copydesk.schemas.user_error import UserError
from copydesk.transforms.redact import redact_url

if TYPE_CHECKING:
    from copydesk.flows.read.raw_document import RawDocument, Refused
    from copydesk.flows.settings import Settings
    from copydesk.flows.sources.discover import Discovered
    from copydesk.flows.sources.items import Item
    from copydesk.flows.sources.source import Source

SHOWN_CHARS = 300
REFUSALS_SHOWN = 20


def import_command(
    file: Annotated[Path, typer.Argument(help="The OPML file that a reader of feeds has exported.")],
    sources: SourceList = None,
    dry_run: DryRun = False,
) -> None:
    """Add the feeds of an OPML file to the source list; those that it has already stay as they are."""
    from copydesk.flows.sources.add_sources import read_opml

    try:
        found = read_opml(file.read_bytes())
    except UserError as error:
        raise UserError(f"{file}: {error}") from None
    _add(found, sources, dry_run=dry_run)


def export_command(
    sources: SourceList = None,
    out: Out = None,
) -> None:
    """Write the feeds of the source list as OPML, which readers of feeds import; logins stay out."""
    from copydesk.flows.sources.add_sources import write_opml
    from copydesk.flows.sources.read_sources import read_sources

    give(write_opml(read_sources(settings_with(sources=sources).sources)), out)


def add_command(
    url: Annotated[str, typer.Argument(help="The address of a site, a feed or a sitemap.")],
    sources: SourceList = None,
    every: Annotated[bool, typer.Option("--all", help="Add all that is found, not the best alone.")] = False,
    dry_run: DryRun = False,
) -> None:
    """Find the feeds and sitemaps of a site, choose one, and write it into the source list.

    The feed with the most entries is taken, else the largest sitemap; on a terminal you are asked.
    """
    import sys

    found = sorted(discovered(url), key=lambda one: (one.kind, -one.entries_count))
    for number, one in enumerate(found, 1):
        newest = f", newest {one.newest_at}" if one.newest_at else ""
        typer.echo(visible(f"{number:3}  {one.kind:8} {one.entries_count:6,} entries{newest}  {one.url}"))
    chosen = found if every else found[:1]
    if not every and len(found) > 1 and sys.stdin.isatty():
        number = typer.prompt("Which one", default=1, type=int)
        if not 1 <= number <= len(found):
            raise UserError(f"give a number from 1 to {len(found)}, not {number}")
        chosen = [found[number - 1]]
    _add([one.source for one in chosen], sources, dry_run=dry_run)


def discovered(url: str) -> "list[Discovered]":
    """Return the feeds and sitemaps of a site; end the command where there are none."""
    from copydesk.flows.fetch.errors import FetchError
    from copydesk.flows.sources.discover import discover

    try:
        found = discover(url if "://" in url else f"https://{url}", settings_with().fetch_settings)
    except FetchError as error:
        raise UserError(str(error)) from error
    if not found:
        typer.echo(f"copydesk: no feed and no sitemap found at {redact_url(url)}", err=True)
        raise typer.Exit(1)
    return found


def try_command(
    name: Annotated[str, typer.Argument(metavar="ID", help="A source of the list.")],
    sources: SourceList = None,
    pages: Annotated[int, typer.Option(min=1, max=MOST, help="How many pages to ask for.")] = 3,
) -> int:
    """Try a source without writing anything: what it lists, and some pages as they would be stored.

    Ends with 1 when it brings nothing.
    """
    from copydesk.flows.ingest.choose_sources import asked_sources

    settings = settings_with(sources=sources)
    (source,) = asked_sources(settings, [name])
    counts: Counter[str] = Counter()
    for record in _tried(source, settings, pages, counts):
        typer.echo(visible(_told(record)))
    counted = ", ".join(f"{count:,} {what}" for what, count in counts.items())
    typer.echo(visible(f"{source.source_id}: {counted or 'nothing came'}"))
    return int(not counts["as articles"])


def _tried(
    source: "Source", settings: "Settings", pages: int, counts: Counter[str]
) -> Iterator[dict[str, object]]:
    from itertools import islice

    from copydesk.flows.clean import clean_arrivals
    from copydesk.flows.ingest.choose_sources import listed_files
    from copydesk.flows.ingest.network_sources import try_source
    from copydesk.flows.read.raw_document import RawDocument, Refused
    from copydesk.flows.sources.items import SourceReport
    from copydesk.schemas.enums import FETCHED_KINDS, FILE_KINDS, SourceKind

    def arrivals(items: "Iterator[Item]") -> "Iterator[RawDocument | Refused]":
        for item in items:
            if isinstance(item, RawDocument | Refused):
                yield item
            elif isinstance(item, SourceReport):
                counts["entries listed"] = item.entries_seen_count

    if source.kind in {*FETCHED_KINDS, SourceKind.WARC}:
        items = islice(
            arrivals(try_source(source, settings.fetch_settings, pages=pages)), pages + REFUSALS_SHOWN
        )
    else:
        if source.kind not in FILE_KINDS:
            raise UserError(f"{source.source_id}: sources of the kind {source.kind} cannot be tried")
        read = listed_files(source, settings)
        counts["files found"] = len(read.files)
        items = islice(read.arrivals(datetime.now(UTC)), pages)
    for record in clean_arrivals(items, settings=settings):
        counts["as articles" if "body" in record else "refused"] += 1
        yield record


def _told(record: dict[str, object]) -> str:
    place = f"{record['origin']}:{record['line']}" if record["line"] else str(record["origin"])
    if "body" not in record:
        return f"{place}\n  refused: {record['reason']}: {record['detail']}\n"
    body = " ".join(str(record["body"]).split())
    day = record["published_at"] or record.get("published_on") or "no date"
    authors = record["authors"]
    named = ", ".join(map(str, authors)) if isinstance(authors, list) else ""
    return (
        f"{place}\n  {record['title']}\n  {day} | {named or 'no author'} | {record['publisher'] or 'no publisher'}"
        f" | {len(body.split()):,} words\n  {body[:SHOWN_CHARS]}{'...' if len(body) > SHOWN_CHARS else ''}\n"
    )


def _add(found: "list[Source]", sources: Path | None, *, dry_run: bool) -> None:
    from copydesk.flows.sources.add_sources import add_sources, entry_of

    path = settings_with(sources=sources).sources
    added = add_sources(path, found, is_rehearsal=dry_run)
    for source in added:
        typer.echo(visible(entry_of(source)))
    where = f"would be added to {path}" if dry_run else f"added to {path}"
    typer.echo(f"{len(added)} sources {where}; {len(found) - len(added)} were there already")
    if added and not dry_run:
        where = "" if sources is None else f" --sources {shlex.quote(str(sources))}"
        typer.echo(visible(f"try it: {called_as()} sources test {added[0].source_id}{where}"))
