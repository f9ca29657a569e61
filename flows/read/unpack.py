"""Unpacks compressed streams piece by piece, and stops at what unpacks to beyond all reason."""

import bz2
import io
import lzma
from collections.abc import Callable
from typing import Any, BinaryIO

import zstandard

CHUNK_BYTES = 256 * 1024
PIECE_BYTES = 128
"""What is unpacked at once of Zstandard: four bytes can stand for 128 kB, so that a piece is 4 MB at most."""

XZ_MEMORY_BYTES = 256 * 2**20
FREE_BYTES = 2**30
MOST_RATIO = 1_000
"""Beyond a gigabyte a file that unpacks to more than a thousand times its size is a bomb: news unpacks to ten times."""


class BombError(OSError):
    """A file that unpacks to far more than files of news do."""


class Budget:
    """How much may be unpacked in all from something whose packed bytes `packed` counts."""

    def __init__(
        self, packed: Callable[[], int], *, free_bytes: int = FREE_BYTES, most_ratio: int = MOST_RATIO
    ) -> None:
        self._packed, self._free, self._ratio, self._spent = packed, free_bytes, most_ratio, 0

    def spend(self, count: int) -> None:
        """Count unpacked bytes; raise BombError where they are too many."""
        self._spent += count
        if self._spent > self._free and self._spent > self._ratio * self._packed():
            raise BombError(f"it unpacks to more than {self._ratio:,} times its size")


class Guarded(io.RawIOBase):
    """Unpacked bytes as they are spent from a budget."""

    def __init__(self, unpacked: BinaryIO, budget: Budget) -> None:
        self._unpacked, self._budget = unpacked, budget
        # What is there before a stream breaks off is given, where it can be had in pieces.
        self._read: Callable[[int], bytes] = getattr(unpacked, "read1", unpacked.read)

    def readable(self) -> bool:
        """Return True: it is for reading."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Fill the buffer with the next bytes; 0 at the end."""
        piece = self._read(min(len(buffer), CHUNK_BYTES))
        self._budget.spend(len(piece))
        buffer[: len(piece)] = piece
        return len(piece)

    def close(self) -> None:
        """Close what is unpacked too."""
        self._unpacked.close()
        super().close()


class PackedStream(io.RawIOBase):
    """The unpacked bytes of one stream after the other. Raises EOFError where the last one has no end."""

    def __init__(self, packed: BinaryIO, make: Callable[[], Any]) -> None:
        self._packed, self._make = packed, make
        self._unpack = make()

    def readable(self) -> bool:
        """Return True: it is for reading."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Fill the buffer with the next bytes; 0 at the end."""
        while True:
            data = b""
            if self._unpack.eof:
                data = self._unpack.unused_data.lstrip(b"\0") or self._packed.read(CHUNK_BYTES)
                if not data:
                    return 0
                self._unpack = self._make()
            elif self._unpack.needs_input:
                data = self._packed.read(CHUNK_BYTES)
                if not data:
                    raise EOFError("the file ends inside a compressed stream")
            piece = self._unpack.decompress(data, len(buffer))
            if piece:
                buffer[: len(piece)] = piece
                return len(piece)


class _Zstd:
    """A Zstandard frame in the manner of bz2 and lzma."""

    def __init__(self) -> None:
        self._frame = zstandard.ZstdDecompressor().decompressobj()
        self._waiting, self._ready = memoryview(b""), memoryview(b"")

    @property
    def eof(self) -> bool:
        """Whether the frame is at its end and all of it was given."""
        return bool(self._frame.eof) and not self._ready

    @property
    def unused_data(self) -> bytes:
        """What stands behind the frame."""
        return bytes(self._frame.unused_data) + bytes(self._waiting)

    @property
    def needs_input(self) -> bool:
        """Whether more packed bytes are wanted."""
        return not self._ready and not self._waiting and not self._frame.eof

    def decompress(self, data: bytes, most: int) -> bytes:
        """Take packed bytes in; give up to so many unpacked ones."""
        if data:
            self._waiting = memoryview(data)
        while not self._ready and self._waiting and not self._frame.eof:
            piece, self._waiting = self._waiting[:PIECE_BYTES], self._waiting[PIECE_BYTES:]
            self._ready = memoryview(self._frame.decompress(piece))
        given, self._ready = self._ready[:most], self._ready[most:]
        return bytes(given)


def unpack(packed: BinaryIO, suffix: str) -> BinaryIO | io.RawIOBase:
    """Return the unpacked bytes of a stream, by the ending of its name; errors show while reading."""
    match suffix:
        case ".bz2":
            return PackedStream(packed, bz2.BZ2Decompressor)
        case ".xz":
            return PackedStream(packed, lambda: lzma.LZMADecompressor(memlimit=XZ_MEMORY_BYTES))
        case ".zst":
            return PackedStream(packed, _Zstd)
        case _:
            return packed
