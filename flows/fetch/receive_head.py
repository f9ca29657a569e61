"""Enters: a stream that was asked. Leaves: status and headers of the answer, never more of them than is bearable.

h11 frames. It keeps to the letter where browsers do not, so a head that it refuses is tidied and tried once more.
"""

import h11

from flows.fetch.errors import FetchError, FetchReason
from flows.fetch.exchange import ResponseHead
from flows.fetch.stream import Stream
from flows.fetch.tidy_head import tidy_head

_MAX_FIELDS = 200
_MAX_INTERIM = 5
_NAME = b"HTTP/"


async def receive_head(stream: Stream, *, max_header_bytes: int) -> ResponseHead:
    """Read status and headers, passing over interim (1xx) answers; all of these together are bounded."""
    received, raw = 0, b""
    for _ in range(_MAX_INTERIM + 1):
        while isinstance(event := _next(stream, raw) if raw else h11.NEED_DATA, type):  # more is needed
            _check_size(received, max_header_bytes)
            piece = await stream.read()
            if not piece:
                raise _ended(received)
            received += len(piece)
            if not raw:  # some servers end the answer before with a line too many
                piece = piece.lstrip(b"\r\n")
            raw += piece
            _check_name(raw)
            if piece:
                stream.frames.receive_data(piece)
        raw = stream.frames.trailing_data[0]
        _check_size(received - len(raw), max_header_bytes)
        if isinstance(event, h11.Response):
            return _head(event)
    raise FetchError(FetchReason.BROKEN_PROTOCOL, "interim answers without end", is_passing=False)


def _next(stream: Stream, raw: bytes) -> h11.Event | type[h11.NEED_DATA] | type[h11.PAUSED]:
    """Return the next event; where h11 refuses the head, what it makes of the tidied one."""
    try:
        return stream.frames.next_event()
    except h11.RemoteProtocolError as error:
        tidied = None if error.error_status_hint == 431 else tidy_head(raw)
        if tidied is None or tidied == raw:
            raise _refusal(error) from None
    stream.frame_anew()
    stream.frames.receive_data(tidied)
    try:
        return stream.frames.next_event()
    except h11.RemoteProtocolError as error:
        raise _refusal(error) from None


def _head(response: h11.Response) -> ResponseHead:
    if len(response.headers) > _MAX_FIELDS:
        detail = f"{len(response.headers)} header lines, at most {_MAX_FIELDS} are read"
        raise FetchError(FetchReason.HEADER_TOO_LARGE, detail)
    headers: dict[str, str] = {}
    for name, value in response.headers:
        key, text = name.decode("latin-1"), value.decode("latin-1")
        headers[key] = f"{headers[key]}, {text}" if key in headers else text
    return ResponseHead(response.status_code, headers)


def _check_name(raw: bytes) -> None:
    if raw[:5].upper() != _NAME[: len(raw)]:
        raise FetchError(FetchReason.BROKEN_PROTOCOL, f"not an HTTP/1 answer: {raw[:80]!r}")


def _check_size(size: int, max_header_bytes: int) -> None:
    if size > max_header_bytes:
        raise FetchError(FetchReason.HEADER_TOO_LARGE, f"headers exceed {max_header_bytes} bytes")


def _ended(received: int) -> Exception:
    if not received:
        return ConnectionResetError("closed before an answer")
    return FetchError(FetchReason.TRUNCATED, "the connection ended within the headers")


def _refusal(error: h11.RemoteProtocolError) -> FetchError:
    if error.error_status_hint == 431:
        return FetchError(FetchReason.HEADER_TOO_LARGE, str(error))
    return FetchError(FetchReason.BROKEN_PROTOCOL, str(error)[:300])
