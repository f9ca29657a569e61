"""Opens an SQLite file for a reader that may not be allowed to write beside it.

A file in WAL mode needs two side files, which SQLite makes where it may. On a read-only folder it reads those that a
living writer has made; where there are none, nothing is written and the file can be read as it stands.
"""

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from warehouse.may_write import has_room, may_write

BUSY_SECONDS = 30


@contextmanager
def open_to_read(file: Path) -> Iterator[sqlite3.Connection]:
    """Open an existing file; nothing is created that the reader could not take away again."""
    with _readable(file) as (place, options):
        uri = f"{place.absolute().as_uri()}?{options}"
        with closing(sqlite3.connect(uri, uri=True, timeout=BUSY_SECONDS)) as db:
            yield db


@contextmanager
def _readable(file: Path) -> Iterator[tuple[Path, str]]:
    """Give the file to open, itself or a private copy, and how to open it."""
    log, shared = (file.with_name(file.name + suffix) for suffix in ("-wal", "-shm"))
    if may_write(file):
        yield file, "mode=rw"
    elif log.exists() and shared.exists() and has_room(file.parent):
        yield file, "mode=ro"
    elif not log.exists() or log.stat().st_size == 0:
        yield file, "immutable=1"
    else:  # a writer was killed, the folder copied without the file in shared memory, or that file cannot grow
        with tempfile.TemporaryDirectory(prefix="copydesk-") as folder:
            for part in (file, log):
                shutil.copyfile(part, Path(folder) / part.name)
            yield Path(folder) / file.name, "mode=rw"
