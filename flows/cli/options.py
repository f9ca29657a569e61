"""Options that several commands share."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from copydesk.flows.settings import Settings
    from copydesk.warehouse.place import Place

Warehouse = Annotated[
    Path | None,
    typer.Option(
        "--warehouse",
        "-w",
        help="Folder of the warehouse's data (default: warehouse/data).",
        show_default=False,
    ),
]

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
    bool | None,
    typer.Option("--follow-links", help="Follow links that lead out of the given folder."),
]

Workers = Annotated[int | None, typer.Option(min=1, help="Worker processes (default: one per processor).")]

Wait = Annotated[float | None, typer.Option("--wait", help="Seconds to wait for another run to end.")]

DryRun = Annotated[bool, typer.Option("--dry-run", help="Only tell; write nothing.")]

OfSource = Annotated[str | None, typer.Option("--source", help="Only documents of this source.")]

SourceList = Annotated[
    Path | None,
    typer.Option("--sources", help="The source list (default: seeds/sources.toml).", show_default=False),
]


def read_day(text: str | datetime) -> datetime:
    """Read a day as people say it: 2026-02-27, 2026-02-27T12:00:00, today, yesterday, 7d (days ago); all in UTC."""
    import re
    from datetime import UTC, timedelta

    if isinstance(text, datetime):
        return text
    given = text.strip().lower()
    ago = {"today": 0, "yesterday": 1}.get(given)
    if found := re.fullmatch(r"(\d{1,5}) ?d(?:ays?)?(?: ago)?", given):
        ago = int(found[1])
    if ago is not None:
        today = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None)
        return today - timedelta(days=ago)
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        wanted = "a day such as 2026-02-27, 2026-02-27T12:00:00, today, yesterday or 7d"
        raise typer.BadParameter(f"{text!r} is not {wanted}") from None
    return moment if moment.tzinfo is None else moment.astimezone(UTC).replace(tzinfo=None)


def read_map(given: list[str] | None) -> dict[str, str] | None:
    """Read the pairs of --map."""
    pairs = [each.partition("=") for each in given or ()]
    for name, sign, column in pairs:
        if not (name.strip() and sign and column.strip()):
            raise typer.BadParameter(
                f"--map takes FIELD=COLUMN, such as published_at=pub, not {name + sign + column!r}"
            )
    return {name.strip(): column.strip() for name, _, column in pairs} or None


def day_option(help_: str) -> Any:
    """Return an option that takes a day."""
    return typer.Option(help=help_, parser=read_day, metavar="DAY")


def refuse_inside(out: Path | None, place: "Place") -> None:
    """Refuse to write in the warehouse itself what a command gives to read."""
    if out and out.resolve().is_relative_to(place.folder.resolve()):
        raise typer.BadParameter(f"{out} lies in the warehouse itself: name another place")


def settings_with(**given: Any) -> "Settings":
    """Return the settings with what the command line gave in place of the environment's."""
    from copydesk.flows.settings import Settings

    return Settings(**{name: value for name, value in given.items() if value is not None})
