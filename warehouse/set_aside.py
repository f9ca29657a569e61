"""Sets a damaged file of a run's memory aside, so that the next run begins a new one and nobody loses the old."""

from itertools import count
from pathlib import Path

COMPANIONS = ("-wal", "-shm", "-journal", ".wal")
"""What SQLite and DuckDB keep beside a file; it belongs to the file and to none that comes after it."""


def set_aside(file: Path) -> Path:
    """Rename a file, and what stands beside it, to the first free name `<file>.damaged-<n>`; return that name."""
    aside = next(name for n in count(1) if not (name := file.with_name(f"{file.name}.damaged-{n}")).exists())
    for suffix in COMPANIONS:
        companion = file.with_name(f"{file.name}{suffix}")
        if companion.exists():
            companion.rename(aside.with_name(f"{aside.name}{suffix}"))
    file.rename(aside)
    return aside
