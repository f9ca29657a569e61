"""Enters: a body as sent and its Content-Encoding. Leaves: its decoded pieces, never more than a stated size.

A small gzip, brotli or zstd body can stand for gigabytes; each decoder is asked for a bounded piece at a time.
A body whose encoding does not reach its own end was cut off on the way and is refused.
"""

import zlib
from collections.abc import Callable, Iterator
from functools import partial
from itertools import chain
from typing import BinaryIO

import brotli  # type: ignore[import-untyped]
import zstandard

from copydesk.flows.fetch.errors import FetchError
from copydesk.schemas.reasons import Reason

_PIECE_BYTES = 64 * 1024
_ZSTD_BYTES = 256
"""What the decoder of zstd is given at a time: four bytes can stand for 128 KiB, and it gives all of it at once."""

_MAX_ENCODINGS = 2
MAX_PARTS = 100_000
"""Members of gzip and frames of zstd: one that holds nothing takes as long as a full one."""

_MEMBER = b"\x1f\x8b\x08"
_MAX_WINDOW_BYTES = (
    8 * 1024 * 1024
)  # RFC 9659: what a zstd decoder for HTTP must offer, and may refuse beyond

# Servers also write a charset or nothing at all where an encoding should stand.
_NO_ENCODING = frozenset({"", "identity", "none", "utf-8", "utf8", "binary", "7bit", "8bit"})

Pieces = Iterator[bytes]


def decode_body(source: BinaryIO, content_encoding: str, *, max_bytes: int) -> Pieces:
    """Yield the decoded body in pieces of at most some megabytes; raise when it exceeds `max_bytes`.

    Nothing is nothing, whatever its encoding is said to be.
    """
    pieces: Pieces = iter(partial(source.read, _PIECE_BYTES), b"")
    names = [name.strip().lower() for name in content_encoding.split(",")]
    names = [name for name in names if name not in _NO_ENCODING]
    if len(names) > _MAX_ENCODINGS:
        detail = f"{len(names)} encodings on top of each other"
        raise FetchError(Reason.BROKEN_ENCODING, detail, is_passing=False)
    if names:
        first = next(pieces, None)
        if first is None:
            return iter(())
        pieces = chain((first,), pieces)
    for name in reversed(names):
        decoder = _DECODERS.get(name)
        if decoder is None:
            raise FetchError(
                Reason.BROKEN_ENCODING, f"encoding {name[:40]!r} was not asked for", is_passing=False
            )
        pieces = _capped(_guarded(decoder(pieces), name), max_bytes)
    return pieces if names else _capped(pieces, max_bytes)


def _capped(pieces: Pieces, max_bytes: int) -> Pieces:
    total = 0
    for piece in pieces:
        total += len(piece)
        if total > max_bytes:
            raise FetchError(Reason.BODY_TOO_LARGE, f"decodes to more than {max_bytes} bytes")
        yield piece


def _guarded(pieces: Pieces, name: str) -> Pieces:
    try:
        yield from pieces
    except (zlib.error, brotli.error, zstandard.ZstdError) as error:
        raise FetchError(Reason.BROKEN_ENCODING, f"{name}: {error}") from None


def _gunzip(pieces: Pieces) -> Pieces:
    """Decode gzip with all its members; what follows a whole one and begins none is passed over, as browsers do."""
    decoder = zlib.decompressobj(31)
    data, members_count = b"", 1
    for piece in pieces:
        data += piece
        while data and (len(data) >= len(_MEMBER) or not decoder.eof):
            if decoder.eof:
                if not data.startswith(_MEMBER):
                    return
                decoder = zlib.decompressobj(31)
                members_count += 1
                if members_count > MAX_PARTS:
                    raise FetchError(Reason.BROKEN_ENCODING, "gzip members without end", is_passing=False)
            yield from _inflated(decoder, data)
            data = decoder.unused_data
    if not decoder.eof:
        raise FetchError(Reason.TRUNCATED, "gzip without its end")


def _inflate(pieces: Pieces) -> Pieces:
    """Decode `deflate`, which is zlib by the standard and bare deflate at many servers."""
    decoder = None
    data = b""
    for piece in pieces:
        data += piece
        if decoder is None and len(data) < 2:
            continue
        decoder = decoder or zlib.decompressobj(15 if _is_zlib(data) else -15)
        yield from _inflated(decoder, data)
        if decoder.eof:
            return
        data = b""
    raise FetchError(Reason.TRUNCATED, "deflate without its end")


def _is_zlib(data: bytes) -> bool:
    """Tell by the two bytes of its head (RFC 1950), which bare deflate can't begin with unless it is padded oddly."""
    return data[0] & 0x0F == 8 and data[0] >> 4 <= 7 and int.from_bytes(data[:2], "big") % 31 == 0


def _inflated(decoder: "zlib._Decompress", data: bytes) -> Pieces:
    """Yield all that the data stands for; zlib may hold back output though it has taken all of its input."""
    piece = decoder.decompress(data, _PIECE_BYTES)
    yield piece
    while not decoder.eof and (decoder.unconsumed_tail or len(piece) == _PIECE_BYTES):
        piece = decoder.decompress(decoder.unconsumed_tail, _PIECE_BYTES)
        yield piece


def _unbrotli(pieces: Pieces) -> Pieces:
    decoder = brotli.Decompressor()
    for piece in pieces:
        yield decoder.process(piece, output_buffer_limit=_PIECE_BYTES)
        while not decoder.is_finished() and (more := decoder.process(b"", output_buffer_limit=_PIECE_BYTES)):
            yield more
    if not decoder.is_finished():
        raise FetchError(Reason.TRUNCATED, "brotli without its end")


def _unzstd(pieces: Pieces) -> Pieces:
    """Decode zstd with all its frames."""
    frames = zstandard.ZstdDecompressor(max_window_size=_MAX_WINDOW_BYTES)
    decoder, frames_count = frames.decompressobj(), 1
    for piece in pieces:
        for start in range(0, len(piece), _ZSTD_BYTES):
            data = piece[start : start + _ZSTD_BYTES]
            while data:
                if decoder.eof:
                    decoder, frames_count = frames.decompressobj(), frames_count + 1
                    if frames_count > MAX_PARTS:
                        detail = "zstd frames without end"
                        raise FetchError(Reason.BROKEN_ENCODING, detail, is_passing=False)
                yield decoder.decompress(data)
                data = decoder.unused_data
    if not decoder.eof:
        raise FetchError(Reason.TRUNCATED, "zstd without its end")


_DECODERS: dict[str, Callable[[Pieces], Pieces]] = {
    "gzip": _gunzip,
    "x-gzip": _gunzip,
    "deflate": _inflate,
    "br": _unbrotli,
    "zstd": _unzstd,
}
