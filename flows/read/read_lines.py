"""Reads and decodes the lines of a file of rows, in bounded memory, whatever its encoding and however long they are."""

import codecs
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache
from typing import BinaryIO

from copydesk.flows.read.format_of import wide_codec
from copydesk.flows.read.open_file import READ_ERRORS, Opener
from copydesk.transforms.charsets.decode import decode
from copydesk.transforms.charsets.detect_charset import detect_charset
from copydesk.transforms.extract.decode_payload import Decoded

LINE_CAP_BYTES = 32 * 2**20
"""A longer line is refused; it would be a dump, not an article."""

PIECE_BYTES = 64 * 1024
RETURN = re.compile(rb"[^\r\n]*\r(?=[^\n])")
SAMPLE_BYTES = 256 * 1024
"""Of so many bytes of rows that are no UTF-8 their encoding is told."""


def read_lines(stream: BinaryIO) -> Iterator[bytes | None]:
    """Yield each line with its end, or None for one over the cap, of which no more than the cap is ever held.

    Wide encodings are given as UTF-8, and carriage returns as line feeds where one alone ends the first line. Raises
    UnicodeDecodeError where a wide encoding breaks.
    """
    kept: list[bytes] = []
    size = 0
    has_returns = None
    for piece in _pieces(stream):
        if has_returns is None:
            has_returns = RETURN.match(piece) is not None
        for part in _split(piece.replace(b"\r", b"\n") if has_returns else piece):
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


def decode_row(raw: bytes, line: int, charset: Callable[[], str | None]) -> Decoded:
    """Give the characters of a line: UTF-8 as the RFC has it, else the encoding of the file's other rows."""
    try:
        return Decoded(raw.decode("utf-8-sig" if line == 1 else "utf-8"), "utf-8")
    except UnicodeDecodeError:
        name = charset()
        if name is None:
            raise
        return Decoded(decode(raw, name), name)


def charset_of_rows(open_: Opener, *, given: str | None) -> Callable[[], str | None]:
    """Return a function that gives the encoding of rows that are no UTF-8, or None where it is not sure.

    It is decided once for the file, from all that can be seen of it, when it is first asked. `given` is the user's
    word. Where rows of good UTF-8 stand beside the others, these are damaged, not encoded.
    """

    @cache
    def decide() -> str | None:
        if given:
            return given
        strange, utf8_count = _sample(open_)
        return None if utf8_count > len(strange) else detect_charset(b"\n".join(strange))

    return decide


def _sample(open_: Opener) -> tuple[list[bytes], int]:
    """Return lines that are no UTF-8, and how many others hold more than ASCII."""
    strange: list[bytes] = []
    size = utf8_count = 0
    with suppress(*READ_ERRORS), open_() as stream:
        for line in read_lines(stream):
            if line is None or line.isascii():
                continue
            try:
                line.decode()
                utf8_count += 1
            except UnicodeDecodeError:
                strange.append(line)
                size += len(line)
            if size > SAMPLE_BYTES:
                break
    return strange, utf8_count
