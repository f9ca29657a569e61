"""copydesk backup and restore: a copy of the whole warehouse, and the way back."""

import shlex
from pathlib import Path
from typing import Annotated

import typer

from copydesk.flows.cli.options import Warehouse, refuse_inside, settings_with


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
