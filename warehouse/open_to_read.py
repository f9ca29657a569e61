"""Opens an SQLite file for a reader that may not be allowed to write beside it.

A file in WAL mode needs two side files, which SQLite makes where it may. On a read-only folder it reads those that a
living writer has made; where there are none, nothing is written and the file can be read as it stands.
"""

import os
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

BUSY_SECONDS = 30

AS_IT_LIES = "immutable=1"
"""Reads without a lock: a writer that comes meanwhile is not seen."""


@contextmanager
def open_to_read(file: Path) -> Iterator[sqlite3.Connection]:
    """Open an existing file; nothing is created that the reader could not take away again."""
    with _readable(file) as (place, options), _connect(place, options) as db:
        yield db


def _connect(file: Path, options: str) -> closing[sqlite3.Connection]:
    uri = f"{file.absolute().as_uri()}?{options}"
    return closing(sqlite3.connect(uri, uri=True, timeout=BUSY_SECONDS))


@contextmanager
def _readable(file: Path) -> Iterator[tuple[Path, str]]:
    """Give the file to open, itself or a private copy, and how to open it."""
    log, shared = (file.with_name(file.name + suffix) for suffix in ("-wal", "-shm"))
    if may_write(file):
        yield file, "mode=rw"
    elif log.exists() and shared.exists() and has_room(file.parent):
        yield file, "mode=ro"
    elif not log.exists() or log.stat().st_size == 0:
        yield file, AS_IT_LIES
    else:  # a writer was killed, the folder copied without the file in shared memory, or that file cannot grow
        with tempfile.TemporaryDirectory(prefix="copydesk-") as folder:
            for part in (file, log):
                shutil.copyfile(part, Path(folder) / part.name)
            yield Path(folder) / file.name, "mode=rw"


ROOM_BYTES = 1 << 16
"""What SQLite writes beside a file in WAL mode only to read it: 32 kB."""


def may_write(file: Path) -> bool:
    """Return whether this user may write in the file's folder, and in the file where it is, and the disk has room."""
    files = [file.parent, file] if file.exists() else [file.parent]
    return all(os.access(each, os.W_OK) for each in files) and has_room(file.parent)


def has_room(folder: Path) -> bool:
    """Return whether the disk has room for the side files of a reader."""
    disk = os.statvfs(folder)
    return disk.f_bavail * disk.f_frsize >= ROOM_BYTES


TRIES = 20
PAUSE_SECONDS = 0.05


def copy_catalog(source: Path, copy: Path) -> None:
    """Copy an SQLite file as it stands between two commits.

    DuckDB's SQLite scanner writes side files beside the catalog and knows no option to read without them. A copy is a
    snapshot: it names files that stay as they are. Where the reader may lock the file, SQLite sees to it; where not,
    what changed meanwhile is copied again, and sqlite3.OperationalError tells of a writer that never paused.
    """
    for number in range(TRIES):
        time.sleep(number * PAUSE_SECONDS)
        before = _state(source)
        with _readable(source) as (file, options):
            is_locked = file == source and options != AS_IT_LIES
            with _connect(file, options) as db, closing(sqlite3.connect(copy)) as private:
                db.backup(private)
        if is_locked or _state(source) == before:
            return
    raise sqlite3.OperationalError(f"{source} is being written without a pause; try again")


def _state(file: Path) -> list[tuple[int, int] | None]:
    files = [file, file.with_name(f"{file.name}-wal")]
    return [(each.stat().st_size, each.stat().st_mtime_ns) if each.exists() else None for each in files]
