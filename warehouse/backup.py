"""Copies a warehouse as it stands between two commits, also while a run writes, and brings such a copy back.

A backup is a warehouse itself: it can be asked, checked and copied like one. Data files never change, so that a second
backup into the same folder copies only what is new. The catalog comes last, in one step: a backup that was killed is
the one from before.
"""

import json
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from copydesk.schemas.user_error import UserError
from copydesk.warehouse.attach import NoWarehouseError
from copydesk.warehouse.connect import connect_any_form
from copydesk.warehouse.damage import DamagedWarehouseError, refuse_lost_catalog
from copydesk.warehouse.list_files import list_files
from copydesk.warehouse.open_to_read import copy_catalog, open_to_read
from copydesk.warehouse.place import Place
from copydesk.warehouse.seal_files import hash_files, read_seals
from copydesk.warehouse.staging.shard import UNFINISHED, list_shards, sync
from copydesk.warehouse.takedown.erase import is_erasing, mark_erasing

LABEL = "backup.json"
"""The file that tells a backup from any other folder."""

TRIES = 5
"""A file can go between the copy of the catalog and its own, where the warehouse is maintained meanwhile."""


@dataclass(frozen=True, slots=True)
class BackedUp:
    """Data files of a backup, those of them that were copied now, and their bytes."""

    files_count: int
    copied_count: int
    copied_bytes: int


def backup(place: Place, folder: Path, *, now: datetime) -> BackedUp:
    """Copy a warehouse into a folder: a new one, an empty one, or an earlier backup.

    Raises UserError for another folder, for the backup of another warehouse and for a warehouse on servers,
    DamagedWarehouseError where a file is missing or not what was sealed: the earlier backup stays as it was.
    """
    _refuse_servers(place)
    refuse_lost_catalog(place)
    if not place.is_created:
        raise NoWarehouseError(f"no warehouse in {place.folder}: there is nothing to back up")
    if folder.exists() and not (folder / LABEL).exists() and any(folder.iterdir()):
        raise UserError(f"{folder} is not empty, and no backup: name a new folder")
    earlier = folder / place.sqlite.name
    if earlier.exists() and _identity(earlier) != _identity(place.sqlite):
        raise UserError(
            f"{folder} is the backup of another warehouse, and stays as it was: name another folder, or move it away"
        )
    folder.mkdir(parents=True, exist_ok=True)
    (folder / LABEL).touch()
    shards = _copy_shards(place.staging, folder / "staging")
    done = _copy_lake(place, folder)
    for shard in list_shards(folder / "staging"):
        if shard.folder.name not in shards:
            shard.remove()
    label = {"made_at": now.isoformat(), "files": done.files_count}
    _write_whole(folder / LABEL, json.dumps(label).encode())
    return done


def restore(folder: Path, place: Place) -> int:
    """Bring a backup back to where no warehouse is; return its data files.

    Everything is copied beside the place and renamed once it is whole. Raises UserError where there is no backup or
    the place is taken, DamagedWarehouseError where a file is missing or not what was sealed.
    """
    _refuse_servers(place)
    if not (folder / LABEL).is_file() or not (folder / "catalog.sqlite").is_file():
        raise UserError(f"{folder} holds no whole backup: it lacks {LABEL} or its catalog")
    target = place.folder
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise UserError(f"{target} is not empty: move it away, or name another place with --warehouse")
    beside = target.with_name(f"{target.name}.restoring")
    shutil.rmtree(beside, ignore_errors=True)
    target.parent.mkdir(parents=True, exist_ok=True)
    unwanted = shutil.ignore_patterns(LABEL, "*-wal", "*-shm", f"*{UNFINISHED}")
    try:
        shutil.copytree(folder, beside, ignore=unwanted)
        with connect_any_form(Place(beside)) as con:
            wanted = {file.path: file.size_bytes for file in list_files(con)}
        _refuse_damage(beside / "files", wanted, read_seals(Place(beside)))
        for path in sorted(beside.rglob("*")):
            sync(path)
        with suppress(FileNotFoundError):
            target.rmdir()
        beside.rename(target)
    except BaseException:
        shutil.rmtree(beside, ignore_errors=True)
        raise
    sync(target.parent)
    return len(wanted)


def _identity(catalog: Path) -> str | None:
    """Return what a catalog bears from its first day on; null for one that cannot be read."""
    try:
        with open_to_read(catalog) as db:
            rows = db.execute("select schema_uuid from ducklake_schema order by schema_id").fetchall()
    except sqlite3.DatabaseError:
        return None
    return str(rows[0][0]) if rows else None


def _copy_lake(place: Place, folder: Path) -> BackedUp:
    """Copy the catalog and the files that it names; those of an earlier backup that it doesn't name go.

    A takedown that has not yet left the disk is in the copy too, with the mark that it has still to.
    """
    gone = ""
    for _ in range(TRIES):
        with tempfile.TemporaryDirectory(prefix="catalog", suffix=UNFINISHED, dir=folder) as private:
            copy = Path(private) / "catalog.sqlite"
            was_erasing = is_erasing(place)
            copy_catalog(place.sqlite, copy)
            is_marked = was_erasing or is_erasing(place)
            with connect_any_form(Place(Path(private), files=place.data_path)) as con:
                wanted = {file.path: file.size_bytes for file in list_files(con)}
            try:
                copied = [*_copy_files(place, folder / "files", wanted)]
                for side in (place.ledger, place.checksums):
                    _copy_database(side, folder / side.name)
                if is_marked:
                    mark_erasing(Place(folder))
                _put_catalog(copy, folder / "catalog.sqlite")
                if not is_marked:
                    Place(folder).erasing.unlink(missing_ok=True)
                for path in sorted((folder / "files").rglob("*.parquet")):
                    if str(path.relative_to(folder / "files")) not in wanted:
                        path.unlink()
                return BackedUp(len(wanted), len(copied), sum(wanted[path] for path in copied))
            except FileNotFoundError as error:
                gone = error.filename
    raise DamagedWarehouseError(f"{gone} is missing: `copydesk check` tells more; the backup is as it was")


def _copy_files(place: Place, files: Path, wanted: dict[str, int]) -> Iterator[str]:
    """Copy the files that are not there in their size; yield them."""
    seals = read_seals(place)
    for path, size in wanted.items():
        copy = files / path
        if copy.is_file() and copy.stat().st_size == size:
            continue
        copy.parent.mkdir(parents=True, exist_ok=True)
        half = copy.with_name(f"{copy.name}{UNFINISHED}")
        shutil.copyfile(Path(place.data_path) / path, half)
        if path in seals and hash_files([half]) != [seals[path]]:
            half.unlink()
            raise DamagedWarehouseError(
                f"{path} is not what was sealed: `copydesk check` tells more; the backup is as it was"
            )
        sync(half)
        half.rename(copy)
        sync(copy.parent)
        yield path


def _copy_shards(staging: Path, copies: Path) -> set[str]:
    """Copy the shards that wait; return their names.

    One that is settled meanwhile is in the catalog, which is read later.
    """
    names = set()
    for shard in list_shards(staging):
        copy = copies / shard.folder.name
        half = copy.with_name(f"{copy.name}{UNFINISHED}")
        shutil.rmtree(half, ignore_errors=True)
        try:
            shutil.copytree(shard.folder, half, ignore=shutil.ignore_patterns(f"*{UNFINISHED}", "*.half"))
        except (FileNotFoundError, shutil.Error):
            shutil.rmtree(half, ignore_errors=True)
            continue
        shutil.rmtree(copy, ignore_errors=True)
        half.rename(copy)
        names.add(copy.name)
    return names


def _copy_database(file: Path, copy: Path) -> None:
    if file.is_file():
        half = copy.with_name(f"{copy.name}{UNFINISHED}")
        half.unlink(missing_ok=True)
        with open_to_read(file) as db, closing(sqlite3.connect(half)) as private:
            db.backup(private)
        _put_catalog(half, copy)


def _put_catalog(copy: Path, place: Path) -> None:
    """Put an SQLite file in place of an earlier one, whose log belongs to it alone."""
    with closing(sqlite3.connect(copy)) as db:
        db.execute("pragma wal_checkpoint(truncate)")  # all of it in the one file that is renamed
    sync(copy)
    for suffix in ("-wal", "-shm"):
        place.with_name(f"{place.name}{suffix}").unlink(missing_ok=True)
    copy.replace(place)
    sync(place.parent)


def _refuse_damage(files: Path, wanted: dict[str, int], seals: dict[str, str]) -> None:
    """Raise where a file that the catalog names is missing, cut off, or not what was sealed."""
    for path, size in wanted.items():
        if not (files / path).is_file() or (files / path).stat().st_size != size:
            raise DamagedWarehouseError(f"{path} of the backup is missing or cut off: nothing was restored")
    sealed = [path for path in wanted if path in seals]
    for path, sha256 in zip(sealed, hash_files([files / path for path in sealed]), strict=True):
        if sha256 != seals[path]:
            raise DamagedWarehouseError(f"{path} of the backup is not what was sealed: nothing was restored")


def _refuse_servers(place: Place) -> None:
    if place.catalog or place.is_remote:
        raise UserError(
            "backup and restore are for a catalog and files on this disk: copy those on a server with its own tools"
            " (pg_dump first, then the bucket), or write the tables with `copydesk export`"
        )


def _write_whole(file: Path, content: bytes) -> None:
    half = file.with_name(f"{file.name}{UNFINISHED}")
    half.write_bytes(content)
    sync(half)
    half.replace(file)
