"""Finds the files that an ingest is given: recursive, sorted, each with its place below the given folder."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

FORMATS = (".txt", ".html", ".htm", ".jsonl", ".parquet")
COMPRESSIONS = (".gz", ".zst")


class UnusablePathError(ValueError):
    """A path that the user gave cannot be ingested; the message says why."""


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file to read, and its origin: the path below the folder that was given, with forward slashes."""

    path: Path
    origin: str
    format: str


def find_files(path: Path) -> tuple[list[FoundFile], int]:
    """Return the readable files below a path, sorted by origin, and how many others were passed over.

    Hidden files and folders are passed over uncounted. Raises UnusablePathError for a path that is not
    there, or a single file of a format that is not read.
    """
    if not path.exists():
        raise UnusablePathError(f"{path}: no such file or folder")
    if path.is_file():
        return [_given_file(path)], 0
    files = [file for file in _walk(path) if file.is_file()]
    found = [FoundFile(f, f.relative_to(path).as_posix(), form) for f in files if (form := format_of(f))]
    return sorted(found, key=lambda file: file.origin), len(files) - len(found)


def format_of(path: Path) -> str | None:
    """Return the format of a file by its name, without compression, or None where it is not read."""
    suffixes = [suffix.lower() for suffix in path.suffixes[-2:]]
    if suffixes and suffixes[-1] in COMPRESSIONS:
        suffixes.pop()
    return suffixes[-1] if suffixes and suffixes[-1] in FORMATS else None


def _given_file(path: Path) -> FoundFile:
    form = format_of(path)
    if form is None:
        wanted = " ".join(FORMATS)
        raise UnusablePathError(
            f"{path}: cannot read this kind of file; wanted one of {wanted}, also .gz or .zst"
        )
    return FoundFile(path, path.name, form)


def _walk(folder: Path) -> Iterable[Path]:
    for entry in folder.iterdir():
        if entry.name.startswith("."):
            continue
        if entry.is_dir():
            yield from _walk(entry)
        else:
            yield entry
