"""Reads the lines of a file of rows, in bounded memory, whatever its encoding and however long they are."""

import codecs
from collections.abc import Iterator
from typing import BinaryIO

LINE_CAP_BYTES = 32 * 2**20
"""A longer line is refused; it would be a dump, not an article."""

PIECE_BYTES = 64 * 1024
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32", "utf-32le"),
    (codecs.BOM_UTF32_BE, "utf-32", "utf-32be"),
    (codecs.BOM_UTF16_LE, "utf-16", "utf-16le"),
    (codecs.BOM_UTF16_BE, "utf-16", "utf-16be"),
    (b"{\0\0\0", "utf-32-le", "utf-32le"),
    (b"\0\0\0{", "utf-32-be", "utf-32be"),
    (b"{\0", "utf-16-le", "utf-16le"),
    (b"\0{", "utf-16-be", "utf-16be"),
    (b"[\0", "utf-16-le", "utf-16le"),
    (b"\0[", "utf-16-be", "utf-16be"),
)
"""How a file of JSON begins in the encodings that RFC 8259 once allowed besides UTF-8; the codec, and the name."""


def read_lines(stream: BinaryIO) -> Iterator[bytes | None]:
    """Yield each line with its end, or None for one over the cap, of which no more than the cap is ever held.

    Wide encodings are given as UTF-8. Raises UnicodeDecodeError where a wide encoding breaks.
    """
    kept: list[bytes] = []
    size = 0
    for piece in _pieces(stream):
        for part in _split(piece):
            size += len(part)
            kept.append(part)
            if size > LINE_CAP_BYTES:
                kept.clear()
            if part.endswith(b"\n"):
                yield None if size > LINE_CAP_BYTES else b"".join(kept)
                kept.clear()
                size = 0
    if size:
        yield None if size > LINE_CAP_BYTES else b"".join(kept)


def wide_charset(start: bytes) -> str | None:
    """Return the wide encoding of a file that begins so; null where its lines are given as they stand."""
    return next((name for mark, _, name in _MARKS if start.startswith(mark)), None)


def wide_codec(start: bytes) -> str | None:
    """Return the codec of the wide encoding of a file that begins so."""
    return next((codec for mark, codec, _ in _MARKS if start.startswith(mark)), None)


def _pieces(stream: BinaryIO) -> Iterator[bytes]:
    first = stream.read(PIECE_BYTES)
    wide = wide_codec(first)
    if wide is None:
        while first:
            yield first
            first = stream.read(PIECE_BYTES)
        return
    decoder = codecs.getincrementaldecoder(wide)()
    while first:
        yield decoder.decode(first).encode()
        first = stream.read(PIECE_BYTES)
    yield decoder.decode(b"", final=True).encode()


def _split(piece: bytes) -> list[bytes]:
    *whole, rest = piece.split(b"\n")
    return [*(line + b"\n" for line in whole), *([rest] if rest else [])]
