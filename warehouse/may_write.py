"""Says whether an SQLite file can be opened as one that is written: the side files that SQLite makes need it."""

import os
from pathlib import Path

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
