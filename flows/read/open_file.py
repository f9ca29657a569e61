"""Opens a file for reading, unpacking .gz and .zst on the way."""

import gzip
import io
import os
import stat
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

import zstandard

from flows.read.raw_document import UNREADABLE_FILE
from transforms.explain_crash import is_machine_fault

CHUNK_BYTES = 256 * 1024
PIECE_BYTES = 128
"""What is unpacked at once: four bytes can stand for 128 kB, so that a piece is 4 MB at most."""


class ZstdStream(io.RawIOBase):
    """The unpacked bytes of one frame after the other. Raises EOFError where the last frame has no end."""

    def __init__(self, packed: BinaryIO) -> None:
        self._packed = packed
        self._frame: zstandard.ZstdDecompressionObj | None = None
        self._chunk = memoryview(b"")
        self._ready = memoryview(b"")

    def readable(self) -> bool:
        """Return True: it is for reading."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Fill the buffer with the next bytes; 0 at the end."""
        while not self._ready and self._advance():
            pass
        count = min(len(buffer), len(self._ready))
        buffer[:count] = self._ready[:count]
        self._ready = self._ready[count:]
        return count

    def close(self) -> None:
        """Close the packed file too."""
        self._packed.close()
        super().close()

    def _advance(self) -> bool:
        """Unpack one more piece; return whether there may be another."""
        rest = b"" if self._frame is None or not self._frame.eof else self._frame.unused_data
        if self._frame is None or self._frame.eof:
            self._frame = None
        piece = rest or self._next_piece()
        if not piece:
            if self._frame is not None:
                raise EOFError("the file ends inside a Zstandard frame")
            return False
        self._frame = self._frame or zstandard.ZstdDecompressor().decompressobj()
        self._ready = memoryview(self._frame.decompress(piece))
        return True

    def _next_piece(self) -> bytes:
        if not self._chunk:
            self._chunk = memoryview(self._packed.read(CHUNK_BYTES))
        piece, self._chunk = self._chunk[:PIECE_BYTES], self._chunk[PIECE_BYTES:]
        return bytes(piece)


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
