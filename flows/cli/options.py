"""Options that several commands share."""

import sys
import warnings
from datetime import datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from copydesk.flows.report.visible import visible
from copydesk.schemas.user_error import UserError

if TYPE_CHECKING:
    from copydesk.flows.settings import Settings
    from copydesk.warehouse.place import Place


MOST = 1_000_000_000
"""Beyond it a count is a slip, and some database has no such number."""


def _folder(name: str) -> Path:
    """Refuse an empty name: a variable of a shell that is not set would make a warehouse of the working directory."""
    if not name.strip():
        raise typer.BadParameter("it names no folder")
    return Path(name)


Warehouse = Annotated[
    Path | None,
    typer.Option(
        "--warehouse",
        "-w",
        parser=_folder,
        metavar="<path>",
        help="Folder of the warehouse's data (default: warehouse/data).",
        show_default=False,
    ),
]

Out = Annotated[Path | None, typer.Option("--out", "-o", help="Write to this file.")]

Encoding = Annotated[
    str | None, typer.Option(help="Encoding of files that are no UTF-8 (default: detected).")
]

FileFormat = Annotated[
    str | None,
    typer.Option(
        "--format",
        help="Format of a file or of standard input, such as jsonl (default: by its name, else what it looks like).",
    ),
]

Map = Annotated[
    list[str] | None,
    typer.Option(
        "--map", metavar="FIELD=COLUMN", help="Read a column of rows as this field: published_at=pub."
    ),
]

Keep = Annotated[
    list[str] | None,
    typer.Option("--keep", metavar="COLUMN", help="Carry a column of rows along, into documents.extra."),
]

Timezone = Annotated[
    str | None,
    typer.Option(
        help="IANA zone of times that name none, such as Europe/Berlin, of sources without one (default: not known)."
    ),
]

FollowLinks = Annotated[
    bool | None, typer.Option("--follow-links", help="Follow links that lead out of the given folder.")
]

Workers = Annotated[int | None, typer.Option(min=1, help="Worker processes (default: one per processor).")]

Wait = Annotated[float | None, typer.Option("--wait", help="Seconds to wait for another run to end.")]

DryRun = Annotated[bool, typer.Option("--dry-run", help="Only tell; write nothing.")]

OfSource = Annotated[str | None, typer.Option("--source", help="Only documents of this source.")]

SourceList = Annotated[
    Path | None,
    typer.Option("--sources", help="The source list (default: seeds/sources.toml).", show_default=False),
]


def read_map(given: list[str] | None) -> dict[str, str] | None:
    """Read the pairs of --map."""
    pairs = [each.partition("=") for each in given or ()]
    for name, sign, column in pairs:
        if not (name.strip() and sign and column.strip()):
            raise typer.BadParameter(
                f"--map takes FIELD=COLUMN, such as published_at=pub, not {name + sign + column!r}"
            )
    return {name.strip(): column.strip() for name, _, column in pairs} or None


def day_option(help_: str, *, at: time = time.min) -> Any:
    """Return an option that takes a day; a day alone is that time of it."""
    from copydesk.flows.sources.source import read_moment

    def parse(text: str) -> datetime:
        try:
            return read_moment(text, at=at)
        except UserError as error:  # as a ValueError its words would be lost
            raise typer.BadParameter(str(error)) from None

    return typer.Option(help=help_, parser=parse, metavar="DAY")


def give(text: str, out: Path | None) -> None:
    """Write a text to a file, else to standard output."""
    if out is None:
        sys.stdout.write(text)
    else:
        out.write_text(text, "utf-8")


def refuse_inside(out: Path | None, place: "Place") -> None:
    """Refuse to write in the warehouse itself what a command gives to read."""
    if out and out.resolve().is_relative_to(place.folder.resolve()):
        raise typer.BadParameter(f"{out} lies in the warehouse itself: name another place")


def settings_with(**given: Any) -> "Settings":
    """Return the settings with what the command line gave in place of the environment's; say what they warn of."""
    from copydesk.flows.settings import Settings

    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        settings = Settings(**{name: value for name, value in given.items() if value is not None})
    for each in told:
        typer.echo(visible(f"copydesk: {each.message}"), err=True)
    return settings
