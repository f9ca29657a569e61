"""copydesk ingest: files and folders, or the sources of the list, into the warehouse."""

from datetime import datetime, time
from typing import TYPE_CHECKING, Annotated, Any

import typer

from copydesk.flows.cli.options import (
    Encoding,
    FileFormat,
    FollowLinks,
    Keep,
    Map,
    SourceList,
    Timezone,
    Wait,
    Warehouse,
    Workers,
    day_option,
    read_map,
    settings_with,
)
from copydesk.flows.report.visible import visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from copydesk.flows.ingest.summary import Summary
    from copydesk.flows.settings import Settings


def ingest(  # noqa: PLR0913, PLR0917 - a command has as many options as it has
    paths: Annotated[
        list[str] | None,
        typer.Argument(
            help="Files, folders, addresses of pages or feeds; - is standard input. See docs/folders.md for formats.",
            show_default=False,
        ),
    ] = None,
    warehouse: Warehouse = None,
    source: Annotated[
        list[str] | None,
        typer.Option(
            help="With PATHS, the name of the source (default: the folder's); without, which of the list."
        ),
    ] = None,
    sources: SourceList = None,
    since: Annotated[
        datetime | None, day_option("Back-fill from this day on: 2026-02-27, yesterday, 7d.")
    ] = None,
    until: Annotated[datetime | None, day_option("Back-fill up to this day, with it.", at=time.max)] = None,
    form: FileFormat = None,
    fields: Map = None,
    keep: Keep = None,
    fetch: Annotated[
        bool | None,
        typer.Option("--fetch", help="Ask for the pages of rows that are an address without a text."),
    ] = None,
    encoding: Encoding = None,
    timezone: Timezone = None,
    follow_links: FollowLinks = None,
    prefect: Annotated[
        bool | None,
        typer.Option(
            "--prefect/--no-prefect", help="Run as a Prefect flow (default: when a server is there)."
        ),
    ] = None,
    workers: Workers = None,
    wait: Wait = None,
    due: Annotated[
        bool, typer.Option("--due", help="Only the sources of the list whose schedule says so.")
    ] = False,
    profile: Annotated[
        bool | None, typer.Option("--profile", help="Print what each step and statement cost.")
    ] = None,
) -> int:
    """Read, clean and store articles; a second run does only what is new.

    Without PATHS: reads the enabled sources of the source list. Ends with 1 when more than a share of the documents
    that it read were quarantined or could not be read (COPYDESK_QUARANTINE_LIMIT, default 0.05).
    """
    if due and (paths or source):
        raise typer.BadParameter(
            "--due chooses among the sources of the list: give neither PATHS nor --source"
        )
    from copydesk.flows.cli.print_summary import print_summary
    from copydesk.flows.sources.source import Period

    settings = settings_with(
        warehouse=warehouse,
        workers=workers,
        wait_seconds=wait,
        sources=sources,
        follow_links=follow_links,
        encoding=encoding,
        format=form,
        fields=read_map(fields),
        keep=tuple(keep) if keep else None,
        fetch=fetch,
        timezone=timezone,
        profile=profile,
    )
    if due and not (source := _due(settings)):
        return 0
    asked = {"source": source or (), "period": Period(since, until), "settings": settings}
    summary = _run(paths or (), asked, prefect=prefect)
    print_summary(summary, settings)
    failure = summary.failure(settings.quarantine_limit)
    if failure:
        typer.echo(f"copydesk: {failure}", err=True)
    return int(bool(failure))


def _run(paths: "Sequence[str]", asked: dict[str, Any], *, prefect: bool | None) -> "Summary":
    """Run the job while its progress is shown: as a Prefect flow where that is asked for, or a server is there."""
    from copydesk.flows.cli.progress import shown_progress
    from copydesk.flows.prefect_home import has_prefect_server, prepare_prefect

    with shown_progress() as progress:
        if has_prefect_server() if prefect is None else prefect:
            prepare_prefect(asked["settings"].place)
            from copydesk.flows.ingest.flow import ingest_with_prefect

            return ingest_with_prefect(paths, **asked, progress=progress)
        from copydesk.flows.ingest.plan import ingest as run_plan

        return run_plan(paths, **asked, progress=progress)


def _due(settings: "Settings") -> list[str]:
    """Return the sources that are due; say which comes next where none is."""
    from datetime import UTC

    from copydesk.flows.sources.due import find_due

    found = find_due(settings, now=datetime.now(UTC))
    if not found.names and found.next_at:
        typer.echo(
            visible(f"Nothing is due; next is {found.next_name} at {found.next_at:%Y-%m-%d %H:%M} UTC.")
        )
    return list(found.names)
