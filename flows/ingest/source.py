"""What an ingest reads: sources on disk with their files, and sources of the list."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from flows.ingest.run import Run
from flows.read.find_files import FoundFile, find_files
from flows.read.read_files import read_files
from flows.sources.items import Item
from flows.sources.source import Source
from transforms.digest import digest

KINDS = {".jsonl": "jsonl", ".parquet": "parquet"}


@dataclass(frozen=True, slots=True)
class FileSource:
    """Files on disk under one name. `skipped_count` tells how many files of other formats lie among them."""

    listed: Source
    path: Path
    files: tuple[FoundFile, ...]
    skipped_count: int = 0

    @property
    def source_id(self) -> str:
        """Name of the source."""
        return self.listed.source_id

    @property
    def names(self) -> list[str]:
        """The sources that it stands for."""
        return [self.source_id]

    @property
    def adopts(self) -> list[str]:
        """Sources whose interrupted documents count without being read again: none, files are read anew."""
        return []

    @property
    def store_items(self) -> int:
        """Items that are stored in one transaction: many, since reading them again costs little."""
        return 500

    def items(self, run: Run) -> Iterator[Item]:
        """Yield the documents of all files, from the beginning."""
        yield from read_files(self.files, source_id=self.source_id, now=run.now)


def file_source(path: Path, *, name: str | None, taken: dict[str, str]) -> FileSource:
    """Return the source of a path that a user gave.

    Its name is the user's, else the one that the folder is known by, else the folder's own. `taken` maps known
    names to folders: where another folder has that name, a piece of the path's hash tells them apart, since
    their files would pass for revisions of each other. Raises UnusablePathError.
    """
    files, skipped = find_files(path)
    path = path.resolve()
    folder = path if path.is_dir() else path.parent
    kind = "folder" if path.is_dir() else KINDS.get(files[0].format, "folder")
    listed = Source(name or _free_name(folder, taken), kind, path=str(folder))
    return FileSource(listed, folder, tuple(files), skipped)


def joined(first: FileSource, second: FileSource) -> FileSource:
    """Return two sources of one name as one: the files of both, each once."""
    files = dict.fromkeys((*first.files, *second.files))
    return replace(first, files=tuple(files), skipped_count=first.skipped_count + second.skipped_count)


def listed_source(source: Source) -> FileSource:
    """Return a source of the list that stands on disk. Raises UnusablePathError."""
    path = Path(source.path or ".")
    files, skipped = find_files(path)
    return FileSource(source, path.resolve(), tuple(files), skipped)


def _free_name(folder: Path, taken: dict[str, str]) -> str:
    for known, known_folder in taken.items():
        if known_folder == str(folder):
            return known
    name = folder.name or "root"
    return f"{name}-{digest(str(folder))[:6]}" if name in taken else name
