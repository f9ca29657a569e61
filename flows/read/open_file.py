"""Opens a file for reading, unpacking .gz, .bz2, .xz and .zst on the way."""

import gzip
import io
import lzma
import os
import shutil
import stat
import tempfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import BinaryIO, cast

import zstandard

from copydesk.flows.read.format_of import COMPRESSIONS
from copydesk.flows.read.unpack import BombError, Budget, Guarded, unpack
from copydesk.schemas.reasons import Reason
from copydesk.transforms.refuse import is_machine_fault

Opener = Callable[[], AbstractContextManager[io.BufferedReader]]
"""Opens something as a stream of its unpacked bytes, each time from its beginning."""


@contextmanager
def open_file(path: Path) -> Iterator[io.BufferedReader]:
    """Open a file as a buffered stream of its unpacked bytes. Errors of the packing show while reading."""
    with os.fdopen(_open_regular(path), "rb") as file:
        suffix = path.suffix.lower()
        if suffix in COMPRESSIONS:
            yield unpacked(file, suffix, Budget(file.tell))
        else:
            yield file


@contextmanager
def open_packed(path: Path) -> Iterator[io.BufferedReader]:
    """Open a file as it lies there."""
    with os.fdopen(_open_regular(path), "rb") as file:
        yield file


def unpacked(file: BinaryIO, suffix: str, budget: Budget) -> io.BufferedReader:
    """Return a packed file as a buffered stream of its unpacked bytes, as many as the budget allows."""
    stream = gzip.GzipFile(fileobj=file, mode="rb") if suffix == ".gz" else unpack(file, suffix)
    return io.BufferedReader(Guarded(cast("BinaryIO", stream), budget))


@contextmanager
def plain_file(open_: Opener) -> Iterator[BinaryIO]:
    """Give a file that can be read from any place: itself, or a copy of what is unpacked."""
    with open_() as stream:
        if isinstance(getattr(stream, "raw", None), io.FileIO):
            yield stream
            return
        with tempfile.TemporaryFile() as plain:
            shutil.copyfileobj(stream, plain)
            plain.seek(0)
            yield plain


READ_ERRORS = (OSError, EOFError, zlib.error, lzma.LZMAError, zstandard.ZstdError)
"""What reading a damaged, unreadable or cut file raises."""


def why_unreadable(error: BaseException) -> Reason:
    """Return the reason of a refusal: whether the file is to blame, or rights, a disk or a network are."""
    if isinstance(error, BombError):
        return Reason.TOO_LARGE
    return Reason.UNREADABLE_FILE if is_machine_fault(error) else Reason.DAMAGED_FILE


def _open_regular(path: Path) -> int:
    """Open without waiting: a file may have become a pipe since it was listed."""
    opened = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    if not stat.S_ISREG(os.fstat(opened).st_mode):
        os.close(opened)
        raise OSError("it is no longer a file")
    return opened
