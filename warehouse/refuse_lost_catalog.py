"""Refuses a catalog that is gone, before anything is written over what it led to.

The file is looked at from outside only: closing it would drop the locks that DuckDB's own SQLite may hold on it in
another thread (POSIX locks belong to the process). What is wrong inside is told by the attach, which writes nothing.
"""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

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
    return list(_traces(place))


def _traces(place: Place) -> Iterator[str]:
    if "://" not in place.data_path and any(Path(place.data_path).rglob("*.parquet")):
        yield "data files"
    log = place.sqlite.with_name("catalog.sqlite-wal")
    for file in (log, place.checksums, place.search_index):
        if file.is_file() and file.stat().st_size:
            yield file.name
    if _has_finished_runs(place):
        yield place.ledger.name


def _has_finished_runs(place: Place) -> bool:
    try:
        with open_beside_to_read(place, place.ledger, "attempts") as beside:
            return bool(beside and beside.ask("select 1 from attempts where state = 'done' limit 1"))
    except (OSError, sqlite3.Error):
        return False  # a damaged ledger tells nothing; it is set aside by the next run
