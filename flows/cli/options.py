"""Options that several commands share."""

from pathlib import Path
from typing import Annotated, Any

import typer

from flows.settings import Settings

Warehouse = Annotated[
    Path | None,
    typer.Option(
        "--warehouse",
        "-w",
        help="Folder of the warehouse's data [default: warehouse/data].",
        show_default=False,
    ),
]


def settings_with(**given: Any) -> Settings:
    """Return the settings with what the command line gave in place of the environment's."""
    return Settings(**{name: value for name, value in given.items() if value is not None})
