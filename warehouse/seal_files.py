"""Remembers the checksum of every Parquet file when it is new.

DuckDB writes its pages without checksums, so that a flipped bit reads as another word, in silence. The hashes stand
in checksums.sqlite beside the catalog.
"""

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path

import duckdb

from warehouse.list_files import absolute, is_local, list_files
from warehouse.place import Place

THREADS = 2


def seal_files(con: duckdb.DuckDBPyConnection, place: Place) -> int:
    """Hash the files that have no checksum yet and forget those that are gone; return how many were hashed.

    Call it after each commit. Files in object storage are left to the checksums of the store.
    """
    if not is_local(place):
        return 0
    with _open(place) as db:
        sealed = {path for (path,) in db.execute("select path from file_checksums")}
        known = {file.path: file.size_bytes for file in list_files(con)}
        new = [path for path in known if path not in sealed and absolute(place, path).exists()]
        hashes = hash_files([absolute(place, path) for path in new])
        rows = [(path, known[path], sha256) for path, sha256 in zip(new, hashes, strict=True)]
        db.executemany("insert or replace into file_checksums values (?, ?, ?)", rows)
        gone = [(path,) for path in sealed - set(known)]
        db.executemany("delete from file_checksums where path = ?", gone)
    return len(new)


def read_seals(place: Place) -> dict[str, str]:
    """Return the remembered SHA-256 of each file by its path below the data path."""
    if not _file(place).exists():
        return {}
    with _open(place) as db:
        return dict(db.execute("select path, sha256 from file_checksums").fetchall())


def hash_files(files: Iterable[Path]) -> list[str]:
    """Return the SHA-256 of each file in hex, in order."""
    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(_hash, files))


def _hash(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _file(place: Place) -> Path:
    return place.folder / "checksums.sqlite"


@contextmanager
def _open(place: Place) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(_file(place), timeout=30)) as db:
        db.execute(
            "create table if not exists file_checksums"
            " (path text primary key, size_bytes integer not null, sha256 text not null)"
        )
        with db:
            yield db
