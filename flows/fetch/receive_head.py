"""Enters: a stream that was asked. Leaves: status and headers of the answer, never more of them than is bearable.

h11 frames. It keeps to the letter where browsers do not, so a head that it refuses is tidied and tried once more.
"""

import re

import h11

from copydesk.flows.fetch.errors import FetchError
from copydesk.flows.fetch.exchange import ResponseHead
from copydesk.flows.fetch.stream import Stream
from copydesk.schemas.reasons import Reason

_MAX_FIELDS = 200
_MAX_INTERIM = 5
_PROTOCOL = b"HTTP/"


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
    raise FetchError(Reason.BROKEN_PROTOCOL, "interim answers without end", is_passing=False)


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
        raise FetchError(Reason.HEADER_TOO_LARGE, detail)
    headers: dict[str, str] = {}
    for name, value in response.headers:
        key, text = name.decode("latin-1"), value.decode("latin-1")
        headers[key] = f"{headers[key]}, {text}" if key in headers else text
    return ResponseHead(response.status_code, headers)


def _check_name(raw: bytes) -> None:
    if raw[:5].upper() != _PROTOCOL[: len(raw)]:
        raise FetchError(Reason.BROKEN_PROTOCOL, f"not an HTTP/1 answer: {raw[:80]!r}")


def _check_size(size: int, max_header_bytes: int) -> None:
    if size > max_header_bytes:
        raise FetchError(Reason.HEADER_TOO_LARGE, f"headers exceed {max_header_bytes} bytes")


def _ended(received: int) -> Exception:
    if not received:
        return ConnectionResetError("closed before an answer")
    return FetchError(Reason.TRUNCATED, "the connection ended within the headers")


def _refusal(error: h11.RemoteProtocolError) -> FetchError:
    if error.error_status_hint == 431:
        return FetchError(Reason.HEADER_TOO_LARGE, str(error))
    return FetchError(Reason.BROKEN_PROTOCOL, str(error)[:300])


_END = re.compile(rb"\n\r?\n")
_STATUS = re.compile(rb"HTTP/(\d)(?:\.(\d))?[ \t]+(\d{3})(?![^ \t])[ \t]*(.*)", re.IGNORECASE)
_NAME = re.compile(rb"[-!#$%&'*+.^_`|~0-9A-Za-z]+")
_NO_TEXT = re.compile(rb"[\x00-\x08\x0a-\x1f\x7f]")


def tidy_head(raw: bytes) -> bytes | None:
    """Rewrite the head, leaving what follows it as it is; null where it is not whole or no answer.

    Lines that are no field (no colon, a name with foreign characters) are left out, spaces before a colon too;
    control characters become spaces; folded lines are joined; `identity` and a second `chunked` say nothing new.
    """
    end = _END.search(raw)
    if end is None:
        return None
    first, *lines = (line.rstrip(b"\r") for line in raw[: end.start()].split(b"\n"))
    status = _STATUS.fullmatch(first)
    if status is None:
        return None
    version = b"%b.%b" % (status[1], status[2] or b"1")
    fields = [b"HTTP/%b %b %b" % (version, status[3], _plain(status[4]))]
    seen_codings: set[bytes] = set()
    for name, value in _fields(lines):
        key = name.lower()
        if key == b"transfer-encoding":
            codings = [word.strip() for word in value.lower().split(b",")]
            value = b", ".join(w for w in codings if w not in {b"", b"identity"} | seen_codings)  # noqa: PLW2901
            seen_codings.add(b"chunked")
        if value or key not in {b"transfer-encoding", b"content-length"}:
            fields.append(name + b": " + value)
    return b"\r\n".join(fields) + b"\r\n\r\n" + raw[end.end() :]


def _fields(lines: list[bytes]) -> list[tuple[bytes, bytes]]:
    fields: list[tuple[bytes, bytes]] = []
    for line in _unfolded(lines):
        name, colon, value = line.partition(b":")
        if colon and _NAME.fullmatch(name.rstrip(b" \t")):
            fields.append((name.rstrip(b" \t"), _plain(value)))
    return fields


def _unfolded(lines: list[bytes]) -> list[bytes]:
    whole: list[bytes] = []
    for line in lines:
        if whole and line.startswith((b" ", b"\t")):
            whole[-1] += b" " + line.strip(b" \t")
        else:
            whole.append(line)
    return whole


def _plain(value: bytes) -> bytes:
    return _NO_TEXT.sub(b" ", value).strip(b" \t")
