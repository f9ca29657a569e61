"""Finds the files that an ingest is given: recursive, sorted, each with its place below the given folder."""

import os
import stat
from dataclasses import dataclass
from pathlib import Path

from flows.read.format_of import FORMATS, format_of
from flows.read.origin_text import origin_text
from flows.read.walk_folder import walk_folder, what_is
from flows.read.why_left_out import is_warehouse
from schemas.user_error import UserError

SHOWN_NAMES = 4
"""Folders that a note names of each kind; the others are counted."""


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file to read, and its origin: the path below the folder that was given, with forward slashes.

    With a `reason` it is something that cannot be read, and the reader says so in its place.
    """

    path: Path
    origin: str
    format: str
    reason: str | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """The files below a path, sorted by origin; how many of other formats lie there; what else to tell."""

    files: tuple[FoundFile, ...]
    skipped_count: int = 0
    notes: tuple[str, ...] = ()


def find_files(path: Path, *, warehouse: Path | None = None, follows_links: bool = False) -> Found:
    """Return what is to be read at a path: the file itself, or all files below a folder.

    Left out, and told in a note: warehouses (`warehouse` is the one written to), packages, what is hidden.
    Raises UserError for a path that is not there or is no place of articles.
    """
    try:
        kind = path.stat().st_mode
    except OSError as error:
        missing = isinstance(error, FileNotFoundError)
        raise UserError(f"{path}: {'no such file or folder' if missing else error.strerror}") from error
    if not stat.S_ISDIR(kind):
        return Found((_given_file(path, kind),))
    if is_warehouse(str(path), warehouse=warehouse):
        raise UserError(f"{path}: is a warehouse; give the folder of your files")
    walk = walk_folder(path, warehouse=warehouse, follows_links=follows_links)
    files = [
        FoundFile(Path(each.path), origin_text(each.name), form or "", each.reason, origin_text(each.detail))
        for each in walk.found
        if (form := format_of(Path(each.name))) or each.reason
    ]
    files.sort(key=lambda file: file.origin)
    folder = origin_text(Path(walk.root).name)
    notes = [f"{folder}: no file of {' '.join(FORMATS)} in it"] if not files else []
    if walk.left_out:
        notes.append(f"left out below {folder}: {_listed(walk.left_out)}")
    return Found(tuple(files), len(walk.found) - len(files), tuple(notes))


def _given_file(path: Path, kind: int) -> FoundFile:
    form = format_of(path)
    if not stat.S_ISREG(kind):
        raise UserError(f"{path}: is {what_is(kind)}, not a file or folder")
    if form is None:
        wanted = " ".join(FORMATS)
        raise UserError(f"{path}: cannot read this kind of file; wanted one of {wanted}, also .gz or .zst")
    return FoundFile(Path(os.path.abspath(path)), origin_text(path.name), form)  # noqa: PTH100 - the link itself


def _listed(left_out: list[tuple[str, str]]) -> str:
    """Name what was left out, by its reason."""
    names: dict[str, list[str]] = {}
    for name, why in sorted(left_out, key=lambda each: (each[1], each[0])):
        names.setdefault(why, []).append(origin_text(name))
    return ", ".join(f"{_some(each)} ({why})" for why, each in names.items())


def _some(names: list[str]) -> str:
    more = len(names) - SHOWN_NAMES
    return ", ".join(names[:SHOWN_NAMES]) + (f" and {more} more" if more > 0 else "")
