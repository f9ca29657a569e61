"""Enters: a body as sent and its Content-Encoding. Leaves: its decoded pieces, never more than a stated size.

A small gzip, brotli or zstd body can stand for gigabytes; each decoder is asked for a bounded piece at a time.
A body whose encoding does not reach its own end was cut off on the way and is refused.
"""

import zlib
from collections.abc import Callable, Iterator
from typing import BinaryIO

import brotli  # type: ignore[import-untyped]
import zstandard

from flows.fetch.errors import FetchError, FetchReason

_PIECE_BYTES = 64 * 1024
_MAX_ENCODINGS = 2
_MAX_WINDOW_BYTES = (
    8 * 1024 * 1024
)  # RFC 9659: what a zstd decoder for HTTP must offer, and may refuse beyond

# Servers also write a charset or nothing at all where an encoding should stand.
_NO_ENCODING = frozenset({"", "identity", "none", "utf-8", "utf8", "binary", "7bit", "8bit"})

Pieces = Iterator[bytes]


def decode_body(source: BinaryIO, content_encoding: str, *, max_bytes: int) -> Pieces:
    """Yield the decoded body in pieces of at most 64 KiB or so; raise when it exceeds `max_bytes`."""
    pieces = _read(source)
    names = [name.strip().lower() for name in content_encoding.split(",")]
    names = [name for name in names if name not in _NO_ENCODING]
    if len(names) > _MAX_ENCODINGS:
        raise FetchError(FetchReason.BROKEN_ENCODING, f"{len(names)} encodings on top of each other")
    for name in reversed(names):
        decoder = _DECODERS.get(name)
        if decoder is None:
            raise FetchError(
                FetchReason.BROKEN_ENCODING, f"encoding {name[:40]!r} was not asked for", is_passing=False
            )
        pieces = _capped(_guarded(decoder(pieces), name), max_bytes)
    return pieces if names else _capped(pieces, max_bytes)


def _read(source: BinaryIO) -> Pieces:
    while piece := source.read(_PIECE_BYTES):
        yield piece


def _capped(pieces: Pieces, max_bytes: int) -> Pieces:
    total = 0
    for piece in pieces:
        total += len(piece)
        if total > max_bytes:
            raise FetchError(FetchReason.BODY_TOO_LARGE, f"decodes to more than {max_bytes} bytes")
        yield piece


def _guarded(pieces: Pieces, name: str) -> Pieces:
    try:
        yield from pieces
    except (zlib.error, brotli.error, zstandard.ZstdError) as error:
        raise FetchError(FetchReason.BROKEN_ENCODING, f"{name}: {error}") from None


def _gunzip(pieces: Pieces) -> Pieces:
    """Decode gzip with all its members; zeros or rubbish after a whole member are passed over, as browsers do."""
    decoder = zlib.decompressobj(31)
    has_ended = False
    for piece in pieces:
        data = piece
        while data:
            if decoder.eof:
                if not data.startswith(b"\x1f"):
                    break
                decoder = zlib.decompressobj(31)
            yield decoder.decompress(data, _PIECE_BYTES)
            data = decoder.unused_data if decoder.eof else decoder.unconsumed_tail
        has_ended = decoder.eof
    if not has_ended:
        raise FetchError(FetchReason.TRUNCATED, "gzip without its end")


def _inflate(pieces: Pieces) -> Pieces:
    """Decode `deflate`, which is zlib by the standard and bare deflate at many servers."""
    decoder = None
    for piece in pieces:
        if decoder is None:
            decoder = zlib.decompressobj(15 if piece[0] & 0x0F == 8 else -15)
        data = piece
        while data and not decoder.eof:
            yield decoder.decompress(data, _PIECE_BYTES)
            data = decoder.unconsumed_tail
    if decoder is None or not decoder.eof:
        raise FetchError(FetchReason.TRUNCATED, "deflate without its end")


def _unbrotli(pieces: Pieces) -> Pieces:
    decoder = brotli.Decompressor()
    for piece in pieces:
        yield decoder.process(piece, output_buffer_limit=_PIECE_BYTES)
        while not decoder.is_finished() and (more := decoder.process(b"", output_buffer_limit=_PIECE_BYTES)):
            yield more
    if not decoder.is_finished():
        raise FetchError(FetchReason.TRUNCATED, "brotli without its end")


def _unzstd(pieces: Pieces) -> Pieces:
    raw = b"".join(pieces)  # bounded by what may be received
    decoder = zstandard.ZstdDecompressor(max_window_size=_MAX_WINDOW_BYTES)
    if not _zstd_is_whole(raw):
        raise FetchError(FetchReason.TRUNCATED, "zstd without its end")
    with decoder.stream_reader(raw, read_across_frames=True) as reader:
        while piece := reader.read(_PIECE_BYTES):
            yield piece


def _zstd_is_whole(raw: bytes) -> bool:
    """Walk frames and blocks by their headers (RFC 8878): the decoder itself is silent about a missing end."""
    at = 0
    while at < len(raw):
        end = _frame_end(raw, at)
        if end is None or end > len(raw):
            return False
        at = end
    return at > 0


def _frame_end(raw: bytes, at: int) -> int | None:
    magic = int.from_bytes(raw[at : at + 4], "little")
    if 0x184D2A50 <= magic <= 0x184D2A5F:
        return at + 8 + int.from_bytes(raw[at + 4 : at + 8], "little")
    try:
        parameters = zstandard.get_frame_parameters(raw[at : at + 18])
        at += zstandard.frame_header_size(raw[at : at + 18])
    except zstandard.ZstdError:
        return None
    while True:
        header = raw[at : at + 3]
        if len(header) < 3:
            return None
        bits = int.from_bytes(header, "little")
        at += 3 + (1 if bits >> 1 & 3 == 1 else bits >> 3)
        if bits & 1:
            return at + (4 if parameters.has_checksum else 0)


_DECODERS: dict[str, Callable[[Pieces], Pieces]] = {
    "gzip": _gunzip,
    "x-gzip": _gunzip,
    "deflate": _inflate,
    "br": _unbrotli,
    "zstd": _unzstd,
}
