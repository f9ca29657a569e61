"""Unpacks a Zstandard file as a stream, and notices where it is cut: the library's own reader ends in silence."""

import io
from typing import BinaryIO

import zstandard

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
