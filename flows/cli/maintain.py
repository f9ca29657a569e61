"""copydesk maintain, migrate, backup and restore: what keeps a warehouse quick, of today, and safe."""

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from copydesk.flows.cli.options import DryRun, Wait, Warehouse, refuse_inside, settings_with

if TYPE_CHECKING:
    from copydesk.flows.settings import Settings

from copydesk.flows.cli.options import SourceList
from copydesk.flows.report.visible import visible


def maintain(warehouse: Warehouse = None, sources: SourceList = None, wait: Wait = None) -> None:
    """Join small files, let old snapshots and what their sources' retention ends go, and shrink side files.

    Readers go on meanwhile; while a run writes it is refused.
    """
    from copydesk.flows.cli.progress import shown_progress
    from copydesk.flows.maintain import maintain_warehouse
    from copydesk.warehouse.connect import connect_any_form

    settings = settings_with(warehouse=warehouse, sources=sources, wait_seconds=wait)
    connect_any_form(settings.place).close()  # an empty warehouse would be made where there is none
    with shown_progress() as progress:
        done = maintain_warehouse(settings, progress=progress)
    for note in done.notes:
        typer.echo(visible(note))
    was, now = done.before, done.after
    typer.echo(f"files to read: {was.live_files:,} -> {now.live_files:,}")
    typer.echo(
        f"on the disk:   {was.disk_files:,} files, {was.disk_bytes:,} bytes -> {now.disk_files:,}, {now.disk_bytes:,}"
    )
    typer.echo(f"snapshots:     {was.snapshots:,} -> {now.snapshots:,}")


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
    """Open a run, which migrates, and settle again what that left, as a run of its own; return notes on it."""
    from datetime import UTC, datetime

    from copydesk.flows.ingest.run import end_run, open_run, tidy_up
    from copydesk.flows.replay import replay_marked

    with open_run(
        settings, flow="migrate", now=datetime.now(UTC), progress=lambda _step, _count: None
    ) as run:
        end_run(run, state="done", summary={})
        notes = replay_marked(run)
        tidy_up(run)
    return notes


def backup(
    folder: Annotated[
        Path, typer.Argument(help="A new folder, or an earlier backup, which becomes this one.")
    ],
    warehouse: Warehouse = None,
) -> None:
    """Copy the warehouse as it stands, also while a run writes; into an earlier backup only what is new."""
    from datetime import UTC, datetime

    from copydesk.flows.cli.hint import called_as
    from copydesk.warehouse.backup import backup as copy

    place = settings_with(warehouse=warehouse).place
    refuse_inside(folder, place)
    done = copy(place, folder.absolute(), now=datetime.now(UTC))
    typer.echo(f"{done.files_count:,} data files in {folder}, {done.copied_count:,} of them copied now")
    check = f"{called_as()} check -w {shlex.quote(str(folder))}"
    typer.echo(f"({done.copied_bytes:,} bytes). It is a warehouse itself: {check}")


def restore(
    folder: Annotated[Path, typer.Argument(help="A folder that `copydesk backup` has written.")],
    warehouse: Warehouse = None,
) -> None:
    """Bring a backup back to where no warehouse is."""
    from copydesk.warehouse.backup import restore as bring_back

    place = settings_with(warehouse=warehouse).place
    count = bring_back(folder.absolute(), place)
    typer.echo(f"restored {count:,} data files to {place.folder}")
