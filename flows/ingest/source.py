"""What an ingest reads: sources on disk with their files, and sources of the list."""

from collections.abc import Generator
from dataclasses import dataclass, replace
from pathlib import Path

from flows.ingest.run import Run
from flows.ingest.take_in import SHARD_ROWS
from flows.read.find_files import Found, FoundFile, find_files
from flows.read.origin_text import origin_text
from flows.read.raw_document import RawDocument
from flows.read.read_files import read_files
from flows.settings import Settings
from flows.sources.items import Item
from flows.sources.source import Source
from schemas.enums import FILE_KINDS, SourceKind
from transforms.digest import digest


@dataclass(frozen=True, slots=True)
class FileSource:
    """Files on disk under one name, how many of other formats lie among them, and what to tell of them."""

    listed: Source
    path: Path
    files: tuple[FoundFile, ...]
    skipped_count: int = 0
    notes: tuple[str, ...] = ()
    encoding: str | None = None

    @property
    def source_id(self) -> str:
        """Name of the source."""
        return self.listed.source_id

    @property
    def names(self) -> list[str]:
        """The sources that it stands for."""
        return [self.source_id]

    @property
    def store_items(self) -> int:
        """Items that are stored at a time: a whole shard, since reading them again costs little."""
        return SHARD_ROWS

    def items(self, run: Run) -> Generator[Item]:
        """Yield the documents of all files, from the beginning."""
        zone = self.listed.timezone
        for arrival in read_files(self.files, source_id=self.source_id, now=run.now, encoding=self.encoding):
            yield replace(arrival, timezone=zone) if isinstance(arrival, RawDocument) else arrival


def file_source(path: Path, *, name: str | None, taken: dict[str, str], settings: Settings) -> FileSource:
    """Return the source of a path that a user gave.

    Its name is the user's, else the one that the folder is known by, else the folder's own. `taken` maps known
    names to folders: where another folder has that name, a piece of the path's hash tells them apart, since
    their files would pass for revisions of each other. Raises UnusablePathError.
    """
    found = _find(path, settings)
    path = path.resolve()
    folder = path if path.is_dir() else path.parent
    format_ = found.files[0].format.removeprefix(".")
    kind = format_ if path.is_file() and format_ in FILE_KINDS else SourceKind.FOLDER
    place = origin_text(str(folder))
    listed = Source(name or _free_name(folder, taken), kind, path=place, timezone=settings.timezone)
    return FileSource(listed, folder, found.files, found.skipped_count, found.notes, settings.encoding)


def joined(first: FileSource, second: FileSource) -> FileSource:
    """Return two sources of one name as one: the files of both, each once."""
    files = {file.path: file for file in (*second.files, *first.files)}
    return replace(
        first,
        files=tuple(sorted(files.values(), key=lambda file: file.origin)),
        skipped_count=first.skipped_count + second.skipped_count,
        notes=tuple(dict.fromkeys((*first.notes, *second.notes))),
    )


def listed_source(source: Source, *, settings: Settings) -> FileSource:
    """Return a source of the list that stands on disk. Raises UnusablePathError."""
    path = Path(source.path or ".")
    found = _find(path, settings)
    return FileSource(
        source, path.resolve(), found.files, found.skipped_count, found.notes, settings.encoding
    )


def _find(path: Path, settings: Settings) -> Found:
    return find_files(path, warehouse=settings.place.folder, follows_links=settings.follow_links)


def _free_name(folder: Path, taken: dict[str, str]) -> str:
    place = origin_text(str(folder))
    for known, known_folder in taken.items():
        if known_folder == place:
            return known
    name = origin_text(folder.name) or "root"
    return f"{name}-{digest(place)[:6]}" if name in taken else name
