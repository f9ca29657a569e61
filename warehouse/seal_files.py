"""Remembers the checksum of every Parquet file when it is new, or on request.

DuckDB writes its pages without checksums, so that a flipped bit reads as another word, in silence. The hashes stand
beside the lake (`open_beside`). A seal says what a file was when it was made, so only new files are sealed:
where the seals were lost, what stood before stays unsealed until somebody asks for it.
"""

import hashlib
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import duckdb

from copydesk.warehouse.attach import NoWarehouseError
from copydesk.warehouse.connect import connect_writer
from copydesk.warehouse.damage import refuse_lost_catalog
from copydesk.warehouse.lease import lease
from copydesk.warehouse.list_files import absolute, list_files, next_file_id
from copydesk.warehouse.open_beside import SideDatabase, open_beside, open_beside_to_read
from copydesk.warehouse.place import Place
from copydesk.warehouse.read_schema_form import read_schema_form
from copydesk.warehouse.repair_side_files import repair_side_files

THREADS = 2

DEFINITIONS = (
    "file_checksums (path text primary key, size_bytes bigint not null, sha256 text not null)",
    "sealing (first_file_id bigint not null)",
)


def begin_seals(con: duckdb.DuckDBPyConnection, place: Place) -> None:
    """Have seals kept from here on, where none are kept yet. Call it before a run writes."""
    if not place.is_remote:
        with _open(con, place):
            pass


def seal_files(con: duckdb.DuckDBPyConnection, place: Place) -> int:
    """Hash the files that were made since seals are kept and have none; return how many.

    Call it after each commit. Seals of files that are gone are removed. Files in object storage are left to the
    checksums of the store.
    """
    if place.is_remote:
        return 0
    with _open(con, place) as beside:
        [(first,)] = beside.ask("select first_file_id from sealing")
    return _seal(con, place, first_file_id=first)


def seal_warehouse(place: Place) -> tuple[str, ...]:
    """Seal every file that has no checksum, as it is now; return what was done, in sentences.

    Damage from before is sealed along with the rest. Raises NoWarehouseError, UserError where its form is newer
    than this copydesk, and LeaseHeldError while a run writes.
    """
    refuse_lost_catalog(place)
    if not place.is_created:
        raise NoWarehouseError(f"no warehouse in {place.folder}: there is nothing to seal")
    with lease(place):
        notes = repair_side_files(place)
        with connect_writer(place) as con:
            read_schema_form(con)
            count = seal_all_files(con, place)
    return (*notes, f"sealed {count} files as they are now; what was damaged before stays damaged")


def seal_all_files(con: duckdb.DuckDBPyConnection, place: Place) -> int:
    """Hash every file that has no checksum as it is now, damaged or not; return how many."""
    if place.is_remote:
        return 0
    with _open(con, place) as beside:
        beside.tell("update sealing set first_file_id = 0")
    return _seal(con, place, first_file_id=0)


def read_seals(place: Place) -> dict[str, str]:
    """Return the remembered SHA-256 of each file by its path below the data path."""
    if place.is_remote:
        return {}
    with open_beside_to_read(place, place.checksums, "file_checksums") as beside:
        return dict(beside.ask("select path, sha256 from file_checksums")) if beside else {}


def hash_files(files: Iterable[Path]) -> list[str]:
    """Return the SHA-256 of each file in hex, in order."""
    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(_hash, files))


def _hash(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _seal(con: duckdb.DuckDBPyConnection, place: Place, *, first_file_id: int) -> int:
    files = list_files(con)
    sealed = read_seals(place).keys()
    new = {
        file.path: file.size_bytes
        for file in files
        if file.file_id >= first_file_id and file.path not in sealed and absolute(place, file.path).is_file()
    }
    gone = sealed - {file.path for file in files}
    hashes = hash_files([absolute(place, path) for path in new])
    rows = [(*item, sha256) for item, sha256 in zip(new.items(), hashes, strict=True)]
    if rows or gone:
        with _open(con, place) as beside:
            beside.tell("insert into file_checksums values (?, ?, ?)", rows)
            beside.tell("delete from file_checksums where path = ?", [(path,) for path in gone])
    return len(rows)


@contextmanager
def _open(con: duckdb.DuckDBPyConnection, place: Place) -> Iterator[SideDatabase]:
    with open_beside(place, place.checksums, DEFINITIONS) as beside:
        if not beside.ask("select 1 from sealing"):
            # A file of 0.1.0, which sealed whatever it found, has seals and does not say since when.
            is_old = bool(beside.ask("select 1 from file_checksums limit 1"))
            beside.tell("insert into sealing values (?)", [(0 if is_old else next_file_id(con),)])
        yield beside
