"""copydesk migrate: a warehouse of an earlier release to the form of this one."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import typer

from copydesk.flows.cli.options import DryRun, Wait, Warehouse, settings_with

if TYPE_CHECKING:
    from copydesk.flows.settings import Settings
    from copydesk.warehouse.read_schema_form import Migration


def migrate(warehouse: Warehouse = None, dry_run: DryRun = False, wait: Wait = None) -> None:
    """Bring a warehouse of an earlier release to the form of this one; `copydesk ingest` does so by itself."""
    from copydesk.warehouse.migrate import pending_migrations

    settings = settings_with(warehouse=warehouse, wait_seconds=wait)
    found, notes = (pending_migrations(settings.place), ()) if dry_run else _apply(settings)
    for each in found:
        typer.echo(f"{each.number:4}  {each.comment}")
    for note in notes:
        typer.echo(note)
    if not found:
        typer.echo("Nothing to migrate: the warehouse has the form of this copydesk.")
    else:
        typer.echo("Nothing was written (dry run)." if dry_run else "Applied.")


def _apply(settings: "Settings") -> "tuple[list[Migration], tuple[str, ...]]":
    """Apply the migrations that a warehouse lacks; return them, and notes on what they left to be settled again."""
    from copydesk.flows.ingest.run import finish_run, open_run
    from copydesk.flows.migration_functions import MIGRATION_FUNCTIONS
    from copydesk.flows.replay import replay_marked
    from copydesk.warehouse.connect import connect_reader
    from copydesk.warehouse.migrate import migrate as apply
    from copydesk.warehouse.replay.stage import count_marked

    taken = apply(settings.place, wait_seconds=settings.wait_seconds, functions=MIGRATION_FUNCTIONS)
    with connect_reader(settings.place) as con:
        if not count_marked(con):
            return taken, ()
    now = datetime.now(UTC)
    with open_run(settings, flow="migrate", now=now, progress=lambda _step, _count: None) as run:
        notes = replay_marked(run)
        finish_run(run, state="done", summary={"notes": list(notes)})
    return taken, notes
