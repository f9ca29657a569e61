"""Takes standard input as a file: kept on disk while the command runs, since some formats are read from their end."""

import shutil
import sys
import tempfile
from functools import cache
from pathlib import Path

from copydesk.flows.read.find_files import FoundFile
from copydesk.flows.read.format_of import guess_format, packing_of
from copydesk.flows.read.open_file import READ_ERRORS, open_file

STDIN = "-"
START_BYTES = 4_096


def read_stdin(form: str | None) -> FoundFile:
    """Return standard input as a file of a format, else of the one that its first bytes look like."""
    stream = sys.stdin.buffer
    start = stream.read(START_BYTES)
    packing = packing_of(start)
    path = Path(_folder().name) / f"stdin{packing}"
    with path.open("wb") as file:
        file.write(start)
        shutil.copyfileobj(stream, file)
    return FoundFile(path, STDIN, ".zip" if packing == ".zip" else form or look_at(path))


def look_at(path: Path) -> str:
    """Return the format that the unpacked beginning of a file looks like."""
    try:
        with open_file(path) as stream:
            return guess_format(stream.read(START_BYTES))
    except READ_ERRORS:
        return ".txt"


@cache
def _folder() -> "tempfile.TemporaryDirectory[str]":
    return tempfile.TemporaryDirectory(prefix="copydesk-stdin-")
