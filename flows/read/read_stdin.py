"""Takes standard input as a file: kept on disk while the command runs, since some formats are read from their end."""

import hashlib
import shutil
import sys
import tempfile
from dataclasses import replace
from functools import cache
from pathlib import Path

from copydesk.flows.read.find_files import START_BYTES, FoundFile, looks_like
from copydesk.flows.read.format_of import PAGES, packing_of

STDIN = "-"


def read_stdin(form: str | None) -> FoundFile:
    """Return standard input as a file of a format, else of the one that its first bytes look like."""
    stream = sys.stdin.buffer
    start = stream.read(START_BYTES)
    packing = packing_of(start)
    path = Path(_folder().name) / f"stdin{packing}"
    with path.open("wb") as file:
        file.write(start)
        shutil.copyfileobj(stream, file)
    form = ".zip" if packing == ".zip" else form or looks_like(path, "standard input")
    return FoundFile(path, STDIN, form)


def named_by_content(found: FoundFile) -> FoundFile:
    """Return standard input under a name of its own where it is one document: the next is no new wording of it."""
    if found.format not in {*PAGES, ".eml"}:
        return found
    with found.path.open("rb") as file:
        return replace(found, origin=f"{STDIN}{hashlib.file_digest(file, 'sha256').hexdigest()[:16]}")


@cache
def _folder() -> "tempfile.TemporaryDirectory[str]":
    return tempfile.TemporaryDirectory(prefix="copydesk-stdin-")
