"""Opens a file for reading, unpacking .gz and .zst on the way."""

import gzip
import io
import os
import stat
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import cast

import zstandard

from flows.read.raw_document import UNREADABLE_FILE
from flows.read.zstd_stream import ZstdStream
from transforms.explain_crash import is_machine_fault


@contextmanager
def open_file(path: Path) -> Iterator[io.BufferedReader]:
    """Open a file as a buffered stream of its unpacked bytes. Errors of the packing show while reading."""
    with os.fdopen(_open_regular(path), "rb") as file:
        match path.suffix.lower():
            case ".gz":
                yield cast("io.BufferedReader", gzip.GzipFile(fileobj=file, mode="rb"))
            case ".zst":
                yield io.BufferedReader(ZstdStream(file))
            case _:
                yield file


READ_ERRORS = (OSError, EOFError, zlib.error, zstandard.ZstdError)
"""What reading a damaged, unreadable or cut file raises."""


def why_unreadable(error: BaseException) -> str:
    """Return the reason of a refusal: whether the file is to blame, or rights, a disk or a network are."""
    return UNREADABLE_FILE if is_machine_fault(error) else "damaged_file"


def _open_regular(path: Path) -> int:
    """Open without waiting: a file may have become a pipe since it was listed."""
    opened = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    if not stat.S_ISREG(os.fstat(opened).st_mode):
        os.close(opened)
        raise OSError("it is no longer a file")
    return opened
