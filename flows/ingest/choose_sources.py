"""From what a user asks to the sources that a run reads: files on disk by name, and sources of the list."""

from collections.abc import Generator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from flows.ingest.run import Run
from flows.ingest.take_in import SHARD_ROWS
from flows.read.find_files import FoundFile, find_files
from flows.read.origin_text import origin_text
from flows.read.raw_document import RawDocument
from flows.read.read_files import read_files
from flows.settings import Settings
from flows.sources.items import Item
from flows.sources.read_sources import read_sources
from flows.sources.source import Period, Source
from schemas.enums import FILE_KINDS, SourceKind
from schemas.user_error import UserError
from transforms.digest import digest
from warehouse.source_memory import read_source_paths

if TYPE_CHECKING:
    from flows.ingest.network import NetworkSources

AnySource: TypeAlias = "FileSource | NetworkSources"


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


def choose_sources(
    paths: Sequence[Path], names: Sequence[str], period: Period, *, settings: Settings
) -> list[AnySource]:
    """Return the sources of paths, under one name where one is given; without paths, those of the source list.

    Of the list come those named, else all that are enabled: those on disk one by one, those on the network together.
    Raises UserError for what cannot be used.
    """
    if not paths:
        return _from_list(_asked(settings, names), period, settings)
    if len(names) > 1:
        raise UserError(f"files go under one name, not {len(names)}: {', '.join(names)}")
    return [*_from_paths(paths, next(iter(names), None), settings)]


def _from_paths(paths: Sequence[Path], name: str | None, settings: Settings) -> list[FileSource]:
    """Return a source for each name; paths of one name are read as one source."""
    taken = read_source_paths(settings.place)
    sources: dict[str, FileSource] = {}
    for path in paths:
        found = _from_path(path, name, taken, settings)
        taken.setdefault(found.source_id, origin_text(str(found.path)))
        known = sources.get(found.source_id)
        sources[found.source_id] = found if known is None else _joined(known, found)
    return list(sources.values())


def _from_path(path: Path, name: str | None, taken: dict[str, str], settings: Settings) -> FileSource:
    """Return the source of a path that a user gave.

    Its name is the user's, else the one that the folder is known by, else the folder's own. `taken` maps known
    names to folders: where another folder has that name, a piece of the path's hash tells them apart, since
    their files would pass for revisions of each other.
    """
    found = _on_disk(Source("", SourceKind.FOLDER, path=str(path), timezone=settings.timezone), settings)
    folder = found.path if found.path.is_dir() else found.path.parent
    format_ = found.files[0].format.removeprefix(".")
    kind = format_ if found.path.is_file() and format_ in FILE_KINDS else SourceKind.FOLDER
    place = origin_text(str(folder))
    listed = replace(found.listed, source_id=name or _free_name(folder, taken), kind=kind, path=place)
    return replace(found, listed=listed, path=folder)


def _free_name(folder: Path, taken: dict[str, str]) -> str:
    place = origin_text(str(folder))
    for known, known_folder in taken.items():
        if known_folder == place:
            return known
    name = origin_text(folder.name) or "root"
    return f"{name}-{digest(place)[:6]}" if name in taken else name


def _joined(first: FileSource, second: FileSource) -> FileSource:
    """Return two sources of one name as one: the files of both, each once."""
    files = {file.path: file for file in (*second.files, *first.files)}
    return replace(
        first,
        files=tuple(sorted(files.values(), key=lambda file: file.origin)),
        skipped_count=first.skipped_count + second.skipped_count,
        notes=tuple(dict.fromkeys((*first.notes, *second.notes))),
    )


def _asked(settings: Settings, names: Sequence[str]) -> list[Source]:
    listed, path = read_sources(settings.sources), settings.sources
    unknown = set(names) - {source.source_id for source in listed}
    if unknown:
        known = ", ".join(source.source_id for source in listed) or "none"
        raise UserError(f"{path} has no source {', '.join(sorted(unknown))}; it has {known}")
    chosen = [source for source in listed if (source.source_id in names if names else source.is_enabled)]
    if not chosen:
        raise UserError(f"{path} has no enabled source; enable one, or name it with --source")
    return [replace(source, timezone=source.timezone or settings.timezone) for source in chosen]


def _from_list(listed: Sequence[Source], period: Period, settings: Settings) -> list[AnySource]:
    sources: list[AnySource] = [_on_disk(source, settings) for source in listed if source.kind in FILE_KINDS]
    if others := [source for source in listed if source.kind not in FILE_KINDS]:
        from flows.ingest.network import NetworkSources

        sources.append(NetworkSources(others, period))
    return sources


def _on_disk(source: Source, settings: Settings) -> FileSource:
    path = Path(source.path or ".")
    found = find_files(path, warehouse=settings.place.folder, follows_links=settings.follow_links)
    return FileSource(
        source, path.resolve(), found.files, found.skipped_count, found.notes, settings.encoding
    )
