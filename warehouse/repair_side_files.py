"""Looks at the files that a run remembers by, beside the catalog, and sets the damaged ones aside."""

import shutil
import sqlite3
from contextlib import closing
from itertools import count
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from copydesk.schemas.staged import STAGED, STATE_TABLES
from copydesk.schemas.table import conform
from copydesk.warehouse.damage import DamagedWarehouseError
from copydesk.warehouse.place import Place
from copydesk.warehouse.staging.shard import AT_READING, Shard, list_shards, replace_file

DAMAGE_CODES = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
"""What SQLite says of a damaged file; all else (locked, not allowed, disk full) leaves the file as good as it was."""

SMALLEST_BYTES = 512
"""One page of SQLite, which takes anything smaller for a new file."""


COMPANIONS = ("-wal", "-shm", "-journal", ".wal")
"""What SQLite and DuckDB keep beside a file; it belongs to the file and to none that comes after it."""


def repair_side_files(place: Place) -> tuple[str, ...]:
    """Set damaged files aside; return a sentence for each. Hold the lease.

    Raises DamagedWarehouseError where something stands in a file's place that is no file.
    """
    sealed_anew = (
        "earlier files have no seal: `copydesk check` names them, with --seal it seals them as they are"
    )
    notes = _remove_intake(place.folder / "intake.duckdb")
    for file, loss in (
        (place.ledger, "earlier attempts are not listed any more"),
        (place.checksums, sealed_anew),
    ):
        damage = _damage(file, is_expected=place.is_created)
        if damage:
            aside = set_aside(file)
            notes.append(f"{file.name} was damaged ({damage}) and is now {aside.name}: {loss}")
    return (*notes, *mend_staging(place.staging))


def _remove_intake(file: Path) -> list[str]:
    """Remove what an interrupted run of an earlier version had taken in."""
    if not file.exists():
        return []
    for each in (file, file.with_name(f"{file.name}.wal")):
        each.unlink(missing_ok=True)
    return [f"{file.name} is of an earlier version: what an interrupted run had taken in is read again"]


def is_damage(error: sqlite3.Error) -> bool:
    """Return whether an error says that the file itself is damaged."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in DAMAGE_CODES


def _damage(file: Path, *, is_expected: bool) -> str | None:
    if not file.exists():
        return None
    if not file.is_file():
        raise DamagedWarehouseError(f"{file} is no file: move it away, and start again")
    size = file.stat().st_size
    if size == 0 and not is_expected:
        return None  # a first run that died as it made the file has lost nothing
    if size < SMALLEST_BYTES:
        return f"{size} bytes"
    try:
        with closing(sqlite3.connect(file, timeout=30)) as db:
            found = db.execute("pragma quick_check(1)").fetchone()[0]
            return None if found == "ok" else str(found)
    except sqlite3.Error as error:
        if is_damage(error):
            return str(error)
        raise


def mend_staging(staging: Path) -> tuple[str, ...]:
    """Set damaged shards aside, and bring those of an earlier version to the columns of today; tell of each.

    What was refined is refined anew where it is damaged. What says of documents that they are in does not outlive
    them: with a shard, the states of the network in all others go.
    """
    notes = []
    for shard in list_shards(staging) if staging.is_dir() else ():
        damage = _damage_of(shard)
        if damage:
            aside = set_aside(shard.folder)
            notes.append(
                f"{shard.folder.name} was damaged ({damage}) and is now {aside.name}:"
                " what it had taken in is read again"
            )
    if notes:
        for shard in list_shards(staging):
            for table in STATE_TABLES:
                (shard.folder / f"{table}.parquet").unlink(missing_ok=True)
    return tuple(notes)


def _damage_of(shard: Shard) -> str | None:
    """Return what is wrong with what a shard received; remove what was made of it and cannot be read."""
    if shard.documents_count and not shard.files("arrivals"):
        return "its documents are gone"
    for file in sorted(shard.folder.rglob("*.parquet")):
        is_received = file.parent == shard.folder or file.parent.name.startswith(AT_READING)
        try:
            _bring_up_to_date(file, is_received=is_received)
        except (OSError, ValueError, pa.ArrowException) as error:
            if isinstance(error, OSError) and error.errno is not None:
                raise  # the system's word, not the file's
            if is_received:
                return f"{file.name}: {str(error).splitlines()[0]}"
            shutil.rmtree(file.parent)
            return _damage_of(shard)
    return None


def _bring_up_to_date(file: Path, *, is_received: bool) -> None:
    """Read a file whole; give what was received the columns of today. Raises what tells that it is no use."""
    rows = pq.ParquetFile(file, page_checksum_verification=True).read()
    table = STAGED.get(file.stem)
    if table is None:
        raise ValueError("a version of another day has made it")
    if is_received and rows.schema.names != list(table.columns):
        known = [name for name in table.columns if name in rows.schema.names]
        replace_file(file, conform(rows.select(known), table))


def set_aside(file: Path) -> Path:
    """Rename a file, and what stands beside it, to the first free name `<file>.damaged-<n>`; return that name."""
    aside = next(name for n in count(1) if not (name := file.with_name(f"{file.name}.damaged-{n}")).exists())
    for suffix in COMPANIONS:
        companion = file.with_name(f"{file.name}{suffix}")
        if companion.exists():
            companion.rename(aside.with_name(f"{aside.name}{suffix}"))
    file.rename(aside)
    return aside
