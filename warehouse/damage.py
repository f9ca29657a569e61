"""Tells what of a warehouse is damaged or gone, which no run can make anew, before anything is written over it.

The catalog is looked at from outside only: closing it would drop the locks that DuckDB's own SQLite may hold on it in
another thread (POSIX locks belong to the process). What is wrong inside is told by the attach, which writes nothing.
"""

import re
import sqlite3
from pathlib import Path

import duckdb

from copydesk.warehouse.open_beside import open_beside_to_read
from copydesk.warehouse.place import Place


class DamagedWarehouseError(RuntimeError):
    """A part of the warehouse is gone or damaged which no run can make anew; says which, and what to do."""


def refuse_lost_catalog(place: Place) -> None:
    """Raise DamagedWarehouseError where the embedded catalog is gone while its files are there.

    A folder without rows passes, also with the empty file that a run leaves when it dies at its start.
    """
    if place.catalog:
        return
    file = place.sqlite
    if file.exists() and not file.is_file():
        raise lost_catalog(place, "is no file")
    if not place.is_created and (traces := find_traces(place)):
        fault = "is empty" if file.exists() else "is missing"
        raise lost_catalog(place, f"{fault}, while {', '.join(traces)} stand beside it")


def lost_catalog(place: Place, fault: str) -> DamagedWarehouseError:
    """Return the error that names the catalog's fault and the way back."""
    where = "the catalog's database" if place.catalog else str(place.sqlite)
    return DamagedWarehouseError(
        f"{where} {fault}. Nothing was changed. Restore it from a backup that is as old as the data files;"
        f" to begin anew, move {place.folder} away"
    )


def find_traces(place: Place) -> list[str]:
    """Name what only a warehouse with rows leaves behind in its folder; nothing where a first run died at its start."""
    has_files = "://" not in place.data_path and any(Path(place.data_path).rglob("*.parquet"))
    beside = (place.sqlite.with_name("catalog.sqlite-wal"), place.checksums, place.search_index)
    names = ["data files"] if has_files else []
    names += [file.name for file in beside if file.is_file() and file.stat().st_size]
    return [*names, place.ledger.name] if _has_finished_runs(place) else names


def _has_finished_runs(place: Place) -> bool:
    try:
        with open_beside_to_read(place, place.ledger, "attempts") as beside:
            return bool(beside and beside.ask("select 1 from attempts where state = 'done' limit 1"))
    except (OSError, sqlite3.Error):
        return False  # a damaged ledger tells nothing; it is set aside by the next run


CATALOG_DAMAGED = ("file is not a database", "database disk image is malformed")
"""How SQLite says that a file is no sound database (sqlite3ErrStr)."""

_FILE = r"(?P<file>[^\"'\n]+\.parquet)[\"']?"
_THRIFT = (
    r"TProtocolException|thrift|invalid TType|don't know what type|^Invalid data$|decompression failure"
    r"|Corrupt \w+ compressed data|Variable-length int over|MaxMessageSize reached|No more data to read"
)
_FILES = (
    (re.compile(rf"Cannot open file [\"']{_FILE}: No such file"), "is missing"),
    (
        re.compile(rf"(?:No magic bytes found at end of file|File|footer.{{0,40}}file) [\"']{_FILE}"),
        "is damaged",
    ),
    (re.compile(_THRIFT, re.IGNORECASE), "is damaged"),
)
"""What DuckDB says of a Parquet file that it cannot read."""


def damage_of(error: BaseException) -> str | None:
    """Return what is damaged or gone and how to restore it, in a sentence; null where the error says nothing of it."""
    if not isinstance(error, duckdb.Error):
        return None
    said = str(error)
    for words in CATALOG_DAMAGED:
        if words in said:
            return (
                f"the warehouse's catalog is damaged ({words}). Nothing half done was kept. Restore it from a backup"
                " that is as old as the data files; to begin anew, move the warehouse's folder away"
            )
    for pattern, fault in _FILES:
        if found := pattern.search(said):
            file = found.groupdict().get("file") or f"of the warehouse ({found[0]})"
            return (
                f"the data file {file} {fault}. Nothing half done was kept. Restore it from a backup; `copydesk check`"
                " names all that are missing or damaged"
            )
    return None
