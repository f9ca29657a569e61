"""copydesk maintain: a warehouse that stays quick and small."""

import typer

from copydesk.flows.cli.options import SourceList, Wait, Warehouse, settings_with
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
