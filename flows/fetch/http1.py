"""One request and its answer over an open stream, HTTP/1.1, with every length bounded and checked.

Why not a client library: for many hosts at once their pools cost more than the waiting (docs/decisions/sources.md),
and what matters here, a body that ended early, is what they let pass.
"""

import asyncio
from dataclasses import dataclass
from typing import BinaryIO

from flows.fetch.dial import Streams
from flows.fetch.errors import FetchError, FetchReason

_MAX_LINES = 200
_MAX_INTERIM = 5
_PIECE_BYTES = 64 * 1024


@dataclass(frozen=True, slots=True)
class Head:
    """Status and headers of an answer; names in lower case, repeated ones joined by a comma."""

    status: int
    headers: dict[str, str]
    is_http_1_1: bool

    @property
    def keeps_alive(self) -> bool:
        """Whether the server means to answer on this stream again."""
        words = self.headers.get("connection", "").lower()
        return "close" not in words if self.is_http_1_1 else "keep-alive" in words


async def send_request(streams: Streams, *, target: str, headers: dict[str, str]) -> None:
    """Write one GET request."""
    lines = [f"GET {target} HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items())]
    if any("\r" in line or "\n" in line for line in lines):
        raise FetchError(FetchReason.BAD_URL, "a header or the address holds a line break")
    _, writer = streams
    writer.write("\r\n".join([*lines, "", ""]).encode("latin-1", "replace"))
    await writer.drain()


async def receive_head(streams: Streams, *, max_header_bytes: int) -> Head:
    """Read status and headers, passing over interim (1xx) answers."""
    reader, _ = streams
    for _ in range(_MAX_INTERIM):
        try:
            raw = await reader.readuntil(b"\r\n\r\n")
        except asyncio.LimitOverrunError:
            raise FetchError(
                FetchReason.HEADER_TOO_LARGE, f"headers exceed {max_header_bytes} bytes"
            ) from None
        except asyncio.IncompleteReadError as error:
            if not error.partial:
                raise ConnectionResetError("closed before an answer") from None
            raise FetchError(FetchReason.TRUNCATED, "the connection ended within the headers") from None
        if len(raw) > max_header_bytes:
            raise FetchError(FetchReason.HEADER_TOO_LARGE, f"headers exceed {max_header_bytes} bytes")
        head = _parse_head(raw)
        if head.status >= 200:
            return head
    raise FetchError(FetchReason.BROKEN_PROTOCOL, "interim answers without end", is_passing=False)


async def receive_body(streams: Streams, head: Head, sink: BinaryIO, *, max_bytes: int) -> bool:
    """Write the body as sent into `sink`; return whether the stream can be used again.

    Raises `truncated` where fewer bytes came than Content-Length or the chunks announced.
    """
    reader, _ = streams
    if head.status in {204, 304}:
        return head.keeps_alive
    if "chunked" in head.headers.get("transfer-encoding", "").lower():
        await _receive_chunks(reader, sink, max_bytes)
        return head.keeps_alive
    length = _content_length(head)
    if length is None:
        await _receive_until_closed(reader, sink, max_bytes)
        return False
    if length > max_bytes:
        raise FetchError(
            FetchReason.BODY_TOO_LARGE, f"{length} bytes announced, at most {max_bytes} are taken"
        )
    await _copy(reader, sink, length)
    return head.keeps_alive


def _parse_head(raw: bytes) -> Head:
    first, *lines = raw[:-4].decode("latin-1").split("\r\n")
    version, _, rest = first.partition(" ")
    status = rest[:3]
    if not version.startswith("HTTP/1.") or not (status.isascii() and status.isdigit()):
        raise FetchError(FetchReason.BROKEN_PROTOCOL, f"not an HTTP/1 answer: {first[:80]!r}")
    if len(lines) > _MAX_LINES:
        raise FetchError(
            FetchReason.HEADER_TOO_LARGE, f"{len(lines)} header lines, at most {_MAX_LINES} are read"
        )
    headers: dict[str, str] = {}
    for line in lines:
        name, colon, value = line.partition(":")
        if colon and name and name == name.strip():
            key = name.lower()
            headers[key] = f"{headers[key]}, {value.strip()}" if key in headers else value.strip()
    return Head(int(status), headers, version == "HTTP/1.1")


def _content_length(head: Head) -> int | None:
    given = {part.strip() for part in head.headers.get("content-length", "").split(",") if part.strip()}
    if not given:
        return None
    if len(given) > 1 or not (value := given.pop()).isascii() or not value.isdigit():
        detail = f"Content-Length {head.headers['content-length']!r}"
        raise FetchError(FetchReason.BROKEN_PROTOCOL, detail)
    return int(value[:18])


async def _copy(reader: asyncio.StreamReader, sink: BinaryIO, length: int) -> None:
    left = length
    while left:
        piece = await reader.read(min(left, _PIECE_BYTES))
        if not piece:
            raise FetchError(FetchReason.TRUNCATED, f"{length - left} of {length} bytes came")
        sink.write(piece)
        left -= len(piece)


async def _receive_chunks(reader: asyncio.StreamReader, sink: BinaryIO, max_bytes: int) -> None:
    total = 0
    while size := await _chunk_size(reader):
        total += size
        if total > max_bytes:
            raise FetchError(FetchReason.BODY_TOO_LARGE, f"more than {max_bytes} bytes")
        await _copy(reader, sink, size)
        if await reader.readline() not in {b"\r\n", b"\n"}:
            raise FetchError(FetchReason.BROKEN_PROTOCOL, "a chunk is longer than it said")
    for _ in range(_MAX_LINES):  # trailers
        if (await _line(reader)) in {b"\r\n", b"\n"}:
            return
    raise FetchError(FetchReason.HEADER_TOO_LARGE, "trailers without end")


async def _chunk_size(reader: asyncio.StreamReader) -> int:
    text = (await _line(reader)).partition(b";")[0].strip()
    try:
        return int(text[:16], 16)
    except ValueError:
        raise FetchError(FetchReason.BROKEN_PROTOCOL, f"no chunk size: {text[:20]!r}") from None


async def _line(reader: asyncio.StreamReader) -> bytes:
    try:
        line = await reader.readline()
    except ValueError:  # longer than the buffer
        raise FetchError(FetchReason.BROKEN_PROTOCOL, "a line without end between chunks") from None
    if not line.endswith(b"\n"):
        raise FetchError(FetchReason.TRUNCATED, "the last chunk is missing")
    return line


async def _receive_until_closed(reader: asyncio.StreamReader, sink: BinaryIO, max_bytes: int) -> None:
    total = 0
    while piece := await reader.read(_PIECE_BYTES):
        total += len(piece)
        if total > max_bytes:
            raise FetchError(FetchReason.BODY_TOO_LARGE, f"more than {max_bytes} bytes")
        sink.write(piece)
