"""Takes a private copy of an embedded catalog, for a reader that may not write where it lies.

DuckDB's SQLite scanner writes side files beside the catalog and knows no option to read without them. A copy is a
snapshot: it names files that stay as they are.
"""

import sqlite3
from contextlib import closing
from pathlib import Path

from warehouse.open_to_read import open_to_read

TRIES = 20
"""A commit takes milliseconds and there are seconds between two."""


def copy_catalog(source: Path, copy: Path) -> None:
    """Copy an SQLite file as it stands between two commits. Raises sqlite3.OperationalError where none is caught."""
    for _ in range(TRIES):
        before = _state(source)
        with open_to_read(source) as db, closing(sqlite3.connect(copy)) as private:
            db.backup(private)
        if _state(source) == before:
            return
    raise sqlite3.OperationalError(f"{source} is being written without a pause; try again")


def _state(file: Path) -> list[tuple[int, int] | None]:
    files = [file, file.with_name(f"{file.name}-wal")]
    return [(each.stat().st_size, each.stat().st_mtime_ns) if each.exists() else None for each in files]
