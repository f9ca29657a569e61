"""Finds the files that an ingest is given: recursive, sorted, each with its place below the given folder."""

import os
import stat
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from copydesk.flows.read.fields import named_endings
from copydesk.flows.read.format_of import (
    COMPRESSIONS,
    FORMATS,
    ending_of,
    format_of,
    guess_format,
    why_not_read,
)
from copydesk.flows.read.open_file import READ_ERRORS, open_file
from copydesk.flows.read.raw_document import origin_text
from copydesk.flows.read.walk_folder import is_warehouse, walk_folder, what_is
from copydesk.schemas.reasons import Reason
from copydesk.schemas.user_error import UserError
from copydesk.transforms.registered_domain import registered_domain

SHOWN_NAMES = 4
"""Folders that a note names of each kind; the others are counted."""

START_BYTES = 4_096
"""By so many bytes a format is told."""


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file to read, and its origin: the path below the folder that was given, with forward slashes.

    With a `reason` it is something that cannot be read, and the reader says so in its place.
    """

    path: Path
    origin: str
    format: str
    reason: Reason | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """The files below a path, sorted by origin; how many of other formats lie there; what else to tell."""

    files: tuple[FoundFile, ...]
    skipped_count: int = 0
    notes: tuple[str, ...] = ()


def find_files(
    path: Path, *, warehouse: Path | None = None, follows_links: bool = False, form: str | None = None
) -> Found:
    """Return what is to be read at a path: the file itself, or all files below a folder.

    Left out, and told in a note: warehouses (`warehouse` is the one written to), packages, what is hidden. A file
    that is named is of the format `form`, else of that of its name, else of what its first bytes look like.
    Raises UserError for a path that is not there or is no place of articles.
    """
    try:
        kind = path.stat().st_mode
    except OSError as error:
        missing = isinstance(error, FileNotFoundError)
        told = "no such file or folder" if missing else error.strerror
        is_site = missing and format_of(path) is None and registered_domain(f"https://{path}")
        raise UserError(f"{path}: {told}{f'; is it https://{path} ?' if is_site else ''}") from error
    if not stat.S_ISDIR(kind):
        return _given_file(path, kind, form)
    if form is not None:
        raise UserError(f"{path}: is a folder; --format is for files and standard input")
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
    read = {file.origin for file in files}
    others = Counter(ending_of(each.name) for each in walk.found if origin_text(each.name) not in read)
    if others:
        notes.append(f"passed over below {folder}: {named_endings(others)}")
    return Found(tuple(files), others.total(), tuple(notes))


def _given_file(path: Path, kind: int, form: str | None) -> Found:
    if not stat.S_ISREG(kind):
        raise UserError(f"{path}: is {what_is(kind)}, not a file or folder")
    place, notes = Path(os.path.abspath(path)), list[str]()  # noqa: PTH100 - the link itself
    form = form or format_of(path)
    if form is None:
        form = looks_like(place, path)
        notes.append(
            f"{origin_text(path.name)}: read as {form}, which it looks like; --format says otherwise"
        )
    return Found((FoundFile(place, origin_text(path.name), form),), notes=tuple(notes))


def looks_like(path: Path, name: str | Path) -> str:
    """Return the format that a file's unpacked beginning looks like; raise UserError for what is not read."""
    try:
        with open_file(path) as stream:
            start = stream.read(START_BYTES)
    except READ_ERRORS as error:
        raise UserError(f"{name}: {getattr(error, 'strerror', None) or error}") from error
    if told := why_not_read(start):
        raise UserError(f"{name}: {told}")
    if not start.strip():
        raise UserError(f"{name}: is empty")
    form = guess_format(start)
    if form == ".txt" and b"\0" in start:
        raise UserError(
            f"{name}: is no text and nothing else that is read: {' '.join(FORMATS)}, also {' '.join(COMPRESSIONS)};"
            " --format names it where its name does not"
        )
    return form


def _listed(left_out: list[tuple[str, str]]) -> str:
    """Name what was left out, by its reason."""
    names: dict[str, list[str]] = {}
    for name, why in sorted(left_out, key=lambda each: (each[1], each[0])):
        names.setdefault(why, []).append(origin_text(name))
    return ", ".join(f"{_some(each)} ({why})" for why, each in names.items())


def _some(names: list[str]) -> str:
    more = len(names) - SHOWN_NAMES
    return ", ".join(names[:SHOWN_NAMES]) + (f" and {more} more" if more > 0 else "")
