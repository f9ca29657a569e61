"""Lists what lies below a folder: each real folder once, whatever links lead to it."""

import errno
import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from copydesk.flows.read.format_of import format_of
from copydesk.schemas.reasons import Reason

HIDDEN = "hidden"
LAKE_FILE = re.compile(r"ducklake-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?:-delete)?\.parquet")
"""What DuckLake calls the files of its tables: they hold rows of an older ingest, deleted ones too."""

PARTS_OF_A_PAGE = re.compile(
    "(.+)(?:[_.-](?:files|file|dateien|fichiers|archivos|bestanden|pliki|arquivos|ficheiros))", re.IGNORECASE
)
"""The folder of pictures, scripts and frames that browsers write beside a page."""


@dataclass(frozen=True, slots=True)
class FolderEntry:
    """A file, or what cannot be read and why. `name` is the path below the folder that was walked."""

    path: str
    name: str
    reason: Reason | None = None
    detail: str = ""


@dataclass(slots=True)
class Walk:
    """What a walk found: files and problems, what it left out with the reason, and where it has been."""

    root: str
    warehouse: Path | None
    found: list[FolderEntry] = field(default_factory=list)
    left_out: list[tuple[str, str]] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)
    folders: set[tuple[int, int]] = field(default_factory=set)


def walk_folder(root: Path, *, warehouse: Path | None = None, follows_links: bool = False) -> Walk:
    """Walk a folder. Real folders come first; a link adds what they did not hold, and leads out only if asked.

    Never opens what it finds: a pipe would wait for a writer for ever. The result hangs on names alone.
    """
    walk = Walk(os.path.realpath(root), warehouse)
    _visit(walk, walk.root, "")
    files = {each.path for each in walk.found}
    while walk.links:
        links, walk.links = sorted(walk.links), []
        for name, path in links:
            _follow(walk, path, name, files, follows_links=follows_links)
    return walk


def _visit(walk: Walk, folder: str, name: str) -> None:
    """Take in a folder and all real folders below it. A stack: folders may lie deeper than calls may."""
    waiting = [(folder, name)]
    while waiting:
        folder, name = waiting.pop()
        try:
            about = Path(folder).stat()
            identity = (about.st_dev, about.st_ino)
            if identity in walk.folders:
                continue
            walk.folders.add(identity)
            with os.scandir(folder) as listing:
                entries = sorted(listing, key=lambda entry: entry.name)
        except OSError as error:
            reason = Reason.PATH_TOO_LONG if error.errno == errno.ENAMETOOLONG else Reason.UNREADABLE_FOLDER
            walk.found.append(FolderEntry(folder, name or ".", reason, f"cannot be listed: {_said(error)}"))
            continue
        below = list(_take(walk, entries, f"{name}/" if name else ""))
        waiting += reversed(below)


def _take(walk: Walk, entries: list[os.DirEntry[str]], prefix: str) -> Iterator[tuple[str, str]]:
    """Take in the entries of a folder; yield the folders among them that are to be visited."""
    for entry in entries:
        name = prefix + entry.name
        if entry.is_symlink():
            if not entry.name.startswith("."):
                walk.links.append((name, entry.path))
        elif entry.is_dir(follow_symlinks=False):
            if why := why_left_out(entry.path, warehouse=walk.warehouse):
                walk.left_out.append((name, why))
            else:
                yield entry.path, name
        else:
            _take_file(walk, entry.path, name)


def _take_file(walk: Walk, path: str, name: str) -> None:
    """Take in what is no folder: a file, or something that must not be opened."""
    last = name.rpartition("/")[2]
    if last.startswith("."):
        walk.left_out.append((name, HIDDEN))
    elif LAKE_FILE.fullmatch(last):
        walk.left_out.append((name, "a warehouse's file"))
    else:
        walk.found.append(_judge(path, name))


def _judge(path: str, name: str) -> FolderEntry:
    try:
        kind = Path(path).stat().st_mode
    except OSError as error:
        return FolderEntry(path, name, Reason.UNREADABLE_FILE, f"cannot be read: {_said(error)}")
    return (
        FolderEntry(path, name)
        if stat.S_ISREG(kind)
        else FolderEntry(path, name, Reason.NOT_A_FILE, what_is(kind))
    )


def _follow(walk: Walk, path: str, name: str, files: set[str], *, follows_links: bool) -> None:
    """Take in what a link leads to, unless it is in already."""
    try:
        target = os.path.realpath(path, strict=True)
        is_folder = stat.S_ISDIR(Path(target).stat().st_mode)
    except OSError as error:
        walk.found.append(
            FolderEntry(path, name, Reason.BROKEN_LINK, f"a link that leads nowhere: {_said(error)}")
        )
        return
    if target in files:
        return
    leads_out = not f"{target}/".startswith(f"{walk.root.rstrip('/')}/")
    why = why_left_out(target, warehouse=walk.warehouse) if is_folder else None
    if leads_out and not follows_links and (is_folder or format_of(Path(path))):
        walk.found.append(
            FolderEntry(path, name, Reason.LINK_OUTSIDE, f"a link that leads out, to {target}; not followed")
        )
    elif not is_folder:
        files.add(target)
        _take_file(walk, path, name)
    elif why and why != HIDDEN:
        walk.left_out.append((name, why))
    else:
        before = len(walk.found)
        _visit(walk, target, name)
        files.update(each.path for each in walk.found[before:])


def why_left_out(folder: str, *, warehouse: Path | None) -> str | None:
    """Return why a folder below the one that was given is not read, or None where it is.

    `warehouse` is the folder that this run writes to; other warehouses are known by their catalog.
    """
    if is_warehouse(folder, warehouse=warehouse):
        return "a warehouse"
    name = os.path.basename(folder)  # noqa: PTH119 - a Path of each folder doubles the time of a walk
    if name.startswith("."):
        return HIDDEN
    if (parts := PARTS_OF_A_PAGE.fullmatch(name)) and any(
        os.path.lexists(f"{os.path.dirname(folder)}/{parts[1]}{ending}")  # noqa: PTH120 - as above
        for ending in (".html", ".htm", ".xhtml")
    ):
        return "parts of a saved page"
    if name == "node_modules":
        return "packages"
    return "a virtual environment" if os.path.lexists(f"{folder}/pyvenv.cfg") else None


def is_warehouse(folder: str, *, warehouse: Path | None) -> bool:
    """Return whether a folder holds a warehouse, or is the one that this run writes to."""
    if warehouse is not None and os.path.realpath(folder) == str(warehouse):
        return True
    return os.path.lexists(f"{folder}/catalog.sqlite") and os.path.isdir(f"{folder}/files")  # noqa: PTH112


def what_is(mode: int) -> str:
    """Return what a mode that is no regular file's stands for."""
    kinds = ((stat.S_ISFIFO, "a pipe"), (stat.S_ISSOCK, "a socket"), (stat.S_ISDIR, "a folder"))
    return next((word for test, word in kinds if test(mode)), "a device")


def _said(error: OSError) -> str:
    return error.strerror or type(error).__name__
