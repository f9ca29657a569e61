"""copydesk check: the laws about the tables, for a prompt and for a build."""

from pathlib import Path
from typing import Annotated

import typer

from copydesk.flows.cli.options import Out, Warehouse, give, refuse_inside, settings_with
from copydesk.flows.report.format_results import FailOn, Format
from copydesk.flows.report.visible import visible


def check(  # noqa: PLR0913, PLR0917 - a command has as many options as it has
    warehouse: Warehouse = None,
    since: Annotated[
        str | None,
        typer.Option(help="Read the texts of this run and of all later ones (default: the latest)."),
    ] = None,
    form: Annotated[Format, typer.Option("--format", "-f", help="How to write the results.")] = Format.TEXT,
    fail_on: Annotated[FailOn, typer.Option(help="From which severity on a broken law gives code 1.")] = (
        FailOn.ERROR
    ),
    checks: Annotated[
        list[Path] | None, typer.Option(help="Folder of own checks, besides those of the settings.")
    ] = None,
    out: Out = None,
    store: Annotated[
        bool, typer.Option("--store/--no-store", help="Keep the results in the table check_results.")
    ] = True,
    seal: Annotated[
        bool,
        typer.Option(
            "--seal",
            help="First seal every file that has no checksum, as it is now: for a warehouse whose seals were lost.",
        ),
    ] = False,
) -> None:
    """Check the laws about the tables: exit code 0 when they hold, 1 when one is broken."""
    from datetime import UTC, datetime

    from copydesk.flows.check_tables import check_tables
    from copydesk.flows.report.format_results import failing, format_results
    from copydesk.warehouse.seal_files import seal_warehouse
    from copydesk.warehouse.store_results import store_results

    settings = settings_with(warehouse=warehouse)
    now = datetime.now(UTC)
    refuse_inside(out, settings.place)
    if seal:
        for said in seal_warehouse(settings.place):
            typer.echo(visible(said), err=True)
    results = check_tables(settings, now=now, since_run=since, folders=checks or [])
    text = format_results(results, form, fail_on=fail_on)
    give(visible(text) if out is None and form is Format.TEXT else text, out)
    note = store_results(settings.place, results, now=now) if store else None
    if note:
        typer.echo(visible(note), err=True)
    if failing(results, fail_on=fail_on):
        raise typer.Exit(1)
