"""Finds what tells that a warehouse stands, or stood, in a folder, whether or not its catalog is there."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from warehouse.open_to_read import open_to_read
from warehouse.place import Place


def find_traces(place: Place) -> list[str]:
    """Name what only a warehouse with rows leaves behind; nothing where a first run died at its start."""
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
    if not place.ledger.is_file():
        return False
    try:
        with open_to_read(place.ledger) as db:
            return bool(db.execute("select 1 from attempts where state = 'done' limit 1").fetchall())
    except sqlite3.Error:
        return False  # a damaged ledger tells nothing; it is set aside by the next run
