"""Looks at the files that a run remembers by, beside the catalog, and sets the damaged ones aside."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from copydesk.warehouse.place import Place
from copydesk.warehouse.refuse_lost_catalog import DamagedWarehouseError
from copydesk.warehouse.set_aside import set_aside
from copydesk.warehouse.staging.mend_staging import mend_staging

DAMAGE_CODES = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
"""What SQLite says of a damaged file; all else (locked, not allowed, disk full) leaves the file as good as it was."""

SMALLEST_BYTES = 512
"""One page of SQLite, which takes anything smaller for a new file."""


def mend_memory(place: Place) -> tuple[str, ...]:
    """Set damaged files aside; return a sentence for each. Hold the lease.

    Raises DamagedWarehouseError where something stands in a file's place that is no file.
    """
    parts: tuple[tuple[Path, Callable[[Path], str | None], str], ...] = (
        (place.ledger, _sqlite_damage, "earlier attempts are not listed any more"),
        (
            place.checksums,
            _sqlite_damage,
            "earlier files have no seal: `copydesk check` names them, with --seal it seals them as they are",
        ),
    )
    notes = _forget_intake(place.folder / "intake.duckdb")
    for file, find_damage, loss in parts:
        damage = _damage(file, find_damage, is_expected=place.is_created)
        if damage:
            aside = set_aside(file)
            notes.append(f"{file.name} was damaged ({damage}) and is now {aside.name}: {loss}")
    return (*notes, *mend_staging(place.staging))


def _forget_intake(file: Path) -> list[str]:
    """Remove what an interrupted run of a version before 0.3 had taken in."""
    if not file.exists():
        return []
    for each in (file, file.with_name(f"{file.name}.wal")):
        each.unlink(missing_ok=True)
    return [f"{file.name} is of an earlier version: what an interrupted run had taken in is read again"]


def is_damage(error: sqlite3.Error) -> bool:
    """Return whether an error says that the file itself is damaged."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in DAMAGE_CODES


def _damage(file: Path, find: Callable[[Path], str | None], *, is_expected: bool) -> str | None:
    if not file.exists():
        return None
    if not file.is_file():
        raise DamagedWarehouseError(f"{file} is no file: move it away, and start again")
    size = file.stat().st_size
    if size == 0 and not is_expected:
        return None  # a first run that died as it made the file has lost nothing
    return f"{size} bytes" if size < SMALLEST_BYTES else find(file)


def _sqlite_damage(file: Path) -> str | None:
    try:
        with closing(sqlite3.connect(file, timeout=30)) as db:
            found = db.execute("pragma quick_check(1)").fetchone()[0]
            return None if found == "ok" else str(found)
    except sqlite3.Error as error:
        if is_damage(error):
            return str(error)
        raise
