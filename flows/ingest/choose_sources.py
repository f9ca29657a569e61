"""From what a user asks to the sources that a run reads: files on disk by name, and sources of the list."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from copydesk.flows.fetch.address import is_web_address, split_login
from copydesk.flows.ingest.file_source import FileSource
from copydesk.flows.read.fields import Wishes
from copydesk.flows.read.find_files import find_files
from copydesk.flows.read.raw_document import origin_text
from copydesk.flows.read.read_stdin import STDIN, named_by_content, read_stdin
from copydesk.flows.settings import Settings
from copydesk.flows.sources.read_sources import read_sources
from copydesk.flows.sources.source import Period, Source, name_of_address
from copydesk.schemas.enums import FILE_KINDS, SourceKind
from copydesk.schemas.user_error import UserError
from copydesk.transforms.identify import digest
from copydesk.transforms.redact import redact
from copydesk.warehouse.source_memory import read_source_paths
from copydesk.warehouse.takedown.bar import barred_sources

if TYPE_CHECKING:
    import duckdb

    from copydesk.flows.fetch.fetch_settings import FetchSettings
    from copydesk.flows.ingest.network_sources import NetworkSources

ARCHIVES = (".warc", ".warc.gz", ".warc.zst", "warc.paths", "warc.paths.gz")
"""How addresses of crawls end: they are large, and tell what they are by their names."""

AnySource: TypeAlias = "FileSource | NetworkSources"


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a user asks to be read: on disk, with an empty name where only the warehouse can tell it, and elsewhere."""

    files: Sequence[FileSource]
    asked: Sequence[Source]
    period: Period
    fetching: "FetchSettings"


def choose_sources(
    paths: Sequence[Path | str], names: Sequence[str], period: Period, *, settings: Settings
) -> Chosen:
    """Return the sources of paths, under one name where one is given; without paths, those of the source list.

    Of the list come those named, else all that are enabled. Raises UserError for what cannot be used.
    """
    if not paths:
        listed = asked_sources(settings, names)
        files = [listed_files(source, settings) for source in listed if source.kind in FILE_KINDS]
        others = [source for source in listed if source.kind not in FILE_KINDS]
        return Chosen(files, others, period, settings.fetch_settings)
    if len(names) > 1:
        raise UserError(f"files go under one name, not {len(names)}: {', '.join(names)}")
    name = next(iter(names), None)
    addresses = [path for path in paths if isinstance(path, str) and is_web_address(path)]
    files = [_from_path(Path(path), name, settings) for path in paths if path not in addresses]
    if period.is_bounded and not addresses and not settings.fetch:
        raise UserError("since and until bound what sites are asked for; files are read whole")
    asked = [source_of_address(each, name, settings) for each in addresses]
    return Chosen(files, asked, period, settings.fetch_settings)


def open_sources(con: "duckdb.DuckDBPyConnection", chosen: Chosen) -> tuple[list[AnySource], tuple[str, ...]]:
    """Return the sources that may be read, each under its name, and a note for each that was taken down.

    Those on disk come one by one, those on the network together.
    """
    files = _name_folders(con, chosen.files)
    sources: list[AnySource] = [*files]
    if asked := [*map(_pages_of, (each for each in files if each.passes_addresses)), *chosen.asked]:
        from copydesk.flows.ingest.network_sources import NetworkSources

        sources.append(NetworkSources(_each_once(asked), chosen.period, chosen.fetching))
    gone = barred_sources(con, [name for source in sources for name in source.names])
    kept = [left for source in sources if (left := source.without(gone)) is not None]
    return kept, tuple(f"{name}: was taken down, and is not read" for name in gone)


def wishes_of(settings: Settings) -> Wishes:
    """Return what the settings say of columns."""
    return Wishes(
        tuple((name, (column,)) for name, column in settings.fields.items()), settings.keep, settings.fetch
    )


def _pages_of(read: FileSource) -> Source:
    """Return the source of the pages that rows name by address alone."""
    return replace(
        read.listed, source_id=f"{read.source_id}-pages", kind=SourceKind.URLS, path=None, files=read.files
    )


def source_of_address(url: str, name: str | None, settings: Settings) -> Source:
    """Return the source of an address: a feed or a sitemap where it answers as one, else the page alone."""
    from copydesk.flows.sources.discover import recognise

    try:
        bare, login = split_login(url)
    except ValueError as error:
        raise UserError(f"{redact(url)}: no address: {error}") from None
    kind = SourceKind.WARC if url.endswith(ARCHIVES) else recognise(url, settings.fetch_settings)
    source_id = name or name_of_address(bare, is_page=kind is None)
    common = Source(source_id, kind or SourceKind.URLS, timezone=settings.timezone, login=login)
    return replace(common, url=bare) if kind else replace(common, addresses=(bare,))


def _each_once(sources: Sequence[Source]) -> list[Source]:
    """Join the pages of one name in one source."""
    named: dict[str, Source] = {}
    for source in sources:
        known = named.get(source.source_id)
        named[source.source_id] = (
            source if known is None else replace(known, addresses=known.addresses + source.addresses)
        )
    return list(named.values())


def _name_folders(con: "duckdb.DuckDBPyConnection", found: Sequence[FileSource]) -> list[FileSource]:
    """Return a source for each name: the user's, else the one that the folder is known by, else the folder's own.

    Where another folder has that name, a piece of the path's hash tells them apart, since their files would pass for
    revisions of each other. Paths of one name are read as one source.
    """
    taken = {} if all(each.source_id for each in found) else read_source_paths(con)
    sources: dict[str, FileSource] = {}
    for each in found:
        name = each.source_id or _free_name(each.path, taken)
        taken.setdefault(name, origin_text(str(each.path)))
        named = replace(each, listed=replace(each.listed, source_id=name))
        known = sources.get(name)
        sources[name] = named if known is None else _joined(known, named)
    return list(sources.values())


def _from_path(path: Path, name: str | None, settings: Settings) -> FileSource:
    """Return the source of a path that a user gave."""
    given = Source(
        "", SourceKind.FOLDER, path=str(path), timezone=settings.timezone, wishes=wishes_of(settings)
    )
    if str(path) == STDIN:
        listed = replace(given, source_id=name or "stdin", encoding=settings.encoding)
        found_file = named_by_content(read_stdin(settings.format))
        return FileSource(listed, path, (found_file,), passes_addresses=settings.fetch)
    found = _on_disk(given, settings)
    folder = found.path if found.path.is_dir() else found.path.parent
    format_ = found.files[0].format.removeprefix(".") if found.files else ""
    kind = format_ if found.path.is_file() and format_ in FILE_KINDS else SourceKind.FOLDER
    place = origin_text(str(folder))
    listed = replace(found.listed, source_id=name or "", kind=kind, path=place)
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
        found_notes=tuple(dict.fromkeys((*first.found_notes, *second.found_notes))),
    )


def asked_sources(settings: Settings, names: Sequence[str]) -> list[Source]:
    """Return the sources of the list by their names, else all that are enabled. Raises UserError."""
    listed, path = read_sources(settings.sources), settings.sources
    unknown = set(names) - {source.source_id for source in listed}
    if unknown:
        known = ", ".join(source.source_id for source in listed) or "none"
        raise UserError(f"{path} has no source {', '.join(sorted(unknown))}; it has {known}")
    chosen = [source for source in listed if (source.source_id in names if names else source.is_enabled)]
    if not chosen:
        raise UserError(f"{path} has no enabled source; enable one, or name it with --source")
    return [replace(source, timezone=source.timezone or settings.timezone) for source in chosen]


def listed_files(source: Source, settings: Settings) -> FileSource:
    """Return a source of the list on disk; a folder that is not mounted must not stop the others."""
    try:
        return _on_disk(source, settings)
    except UserError as error:
        return FileSource(source, Path(source.path or "."), (), fault=str(error))


def _on_disk(source: Source, settings: Settings) -> FileSource:
    path = Path(source.path or ".")
    found = find_files(
        path,
        warehouse=settings.place.folder,
        follows_links=settings.follow_links,
        form=settings.format if not source.source_id else None,
    )
    listed = replace(source, encoding=source.encoding or settings.encoding)
    return FileSource(
        listed,
        path.resolve(),
        found.files,
        found.skipped_count,
        found.notes,
        passes_addresses=settings.fetch and not source.source_id,
    )
