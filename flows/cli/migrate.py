"""copydesk migrate: a warehouse of an earlier release to the form of this one."""

from typing import Annotated

import typer

from flows.cli.options import Warehouse, settings_with


def migrate(
    warehouse: Warehouse = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only tell; write nothing.")] = False,
    wait: Annotated[float | None, typer.Option(help="Seconds to wait for another run to end.")] = None,
) -> None:
    """Bring a warehouse of an earlier release to the form of this one; `copydesk ingest` does so by itself."""
    from flows.migrate import migrate as apply
    from warehouse.migrate import pending_migrations

    settings = settings_with(warehouse=warehouse, wait_seconds=wait)
    found, notes = (pending_migrations(settings.place), ()) if dry_run else apply(settings)
    for each in found:
        typer.echo(f"{each.number:4}  {each.comment}")
    for note in notes:
        typer.echo(note)
    if not found:
        typer.echo("Nothing to migrate: the warehouse has the form of this copydesk.")
    else:
        typer.echo("Nothing was written (dry run)." if dry_run else "Applied.")
