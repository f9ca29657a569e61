"""copydesk migrate: a warehouse of an earlier release to the form of this one."""

from typing import TYPE_CHECKING

import typer

from copydesk.flows.cli.options import DryRun, Wait, Warehouse, settings_with

if TYPE_CHECKING:
    from copydesk.flows.settings import Settings


def migrate(warehouse: Warehouse = None, dry_run: DryRun = False, wait: Wait = None) -> None:
    """Bring a warehouse of an earlier release to the form of this one; `copydesk ingest` does so by itself."""
    from copydesk.warehouse.connect import connect_any_form
    from copydesk.warehouse.read_schema_form import pending_migrations

    settings = settings_with(warehouse=warehouse, wait_seconds=wait)
    with connect_any_form(settings.place) as con:
        found = pending_migrations(con)
    notes = () if dry_run else _apply(settings)
    for each in found:
        typer.echo(f"{each.number:4}  {each.comment}")
    for note in notes:
        typer.echo(note)
    if not found:
        typer.echo("Nothing to migrate: the warehouse has the form of this copydesk.")
    else:
        typer.echo("Nothing was written (dry run)." if dry_run else "Applied.")


def _apply(settings: "Settings") -> tuple[str, ...]:
    """Open a run, which migrates, and settle again what that left; return notes on it."""
    from datetime import UTC, datetime

    from copydesk.flows.ingest.run import finish_run, open_run
    from copydesk.flows.replay import replay_marked

    with open_run(
        settings, flow="migrate", now=datetime.now(UTC), progress=lambda _step, _count: None
    ) as run:
        notes = replay_marked(run)
        finish_run(run, state="done", summary={"notes": list(notes)})
    return notes
