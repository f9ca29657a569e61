"""What an ingest reads: a source with the files that it stands for."""

from dataclasses import dataclass
from pathlib import Path

from flows.read.find_files import FoundFile, find_files
from transforms.digest import digest

KINDS = {".jsonl": "jsonl", ".parquet": "parquet"}


@dataclass(frozen=True, slots=True)
class FileSource:
    """Files on disk under one name. `skipped_count` tells how many files of other formats lie among them."""

    source_id: str
    kind: str
    path: Path
    files: tuple[FoundFile, ...]
    skipped_count: int = 0


def file_source(path: Path, *, name: str | None, taken: dict[str, str]) -> FileSource:
    """Return the source of a path that a user gave.

    Its name is the user's, else the folder's. `taken` maps known names to their folders: where another folder
    of that name is known, a piece of the path's hash tells them apart, since their files would pass for
    revisions of each other. Raises UnusablePathError.
    """
    files, skipped = find_files(path)
    path = path.resolve()
    folder = path if path.is_dir() else path.parent
    kind = "folder" if path.is_dir() else KINDS.get(files[0].format, "folder")
    return FileSource(name or _free_name(folder, taken), kind, folder, tuple(files), skipped)


def _free_name(folder: Path, taken: dict[str, str]) -> str:
    name = folder.name or "root"
    if taken.get(name, str(folder)) == str(folder):
        return name
    return f"{name}-{digest(str(folder))[:6]}"
