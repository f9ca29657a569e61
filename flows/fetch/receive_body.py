"""Enters: a stream whose head was read. Leaves: the body as sent, whole, within its limits."""

from typing import BinaryIO

import h11

from copydesk.flows.fetch.errors import FetchError
from copydesk.flows.fetch.exchange import ResponseHead
from copydesk.flows.fetch.stream import Stream
from copydesk.schemas.reasons import Reason

_MAX_FRAMING_BYTES = 1_000_000
"""What chunk sizes, extensions and trailers may cost beyond as much as the body itself.

Chunks of one byte cost six on the wire; no page needs more than some ten thousand of them.
"""


async def receive_body(stream: Stream, head: ResponseHead, sink: BinaryIO, *, max_bytes: int) -> bool:
    """Write the body as sent into `sink`; return whether the stream can be used again.

    Raises `truncated` where fewer bytes came than Content-Length or the chunks announced.
    """
    _check_announced(head, max_bytes)
    frames = stream.frames
    received, taken, has_ended = len(frames.trailing_data[0]), 0, False
    while True:
        event = _next(frames, has_ended=has_ended)
        if isinstance(event, h11.Data):
            taken += len(event.data)
            if taken > max_bytes:
                raise FetchError(Reason.BODY_TOO_LARGE, f"more than {max_bytes} bytes")
            sink.write(event.data)
        elif isinstance(event, h11.EndOfMessage):
            return _can_go_on(stream)
        else:
            if received > 2 * taken + _MAX_FRAMING_BYTES:
                detail = f"{received} bytes of chunks hold {taken} bytes"
                raise FetchError(Reason.BROKEN_PROTOCOL, detail, is_passing=False)
            piece = await stream.read()
            received, has_ended = received + len(piece), not piece
            frames.receive_data(piece)


def _check_announced(head: ResponseHead, max_bytes: int) -> None:
    length = head.headers.get("content-length", "0")
    is_used = head.status not in {204, 304} and "transfer-encoding" not in head.headers
    if is_used and int(length) > max_bytes:
        detail = f"{length} bytes announced, at most {max_bytes} are taken"
        raise FetchError(Reason.BODY_TOO_LARGE, detail)


def _next(frames: h11.Connection, *, has_ended: bool) -> h11.Event | type[h11.NEED_DATA] | type[h11.PAUSED]:
    try:
        return frames.next_event()
    except h11.RemoteProtocolError as error:
        if error.error_status_hint == 431:
            raise FetchError(Reason.HEADER_TOO_LARGE, "a chunk's line or trailers without end") from None
        reason = Reason.TRUNCATED if has_ended else Reason.BROKEN_PROTOCOL
        raise FetchError(reason, str(error)[:300]) from None


def _can_go_on(stream: Stream) -> bool:
    """Tell whether both sides are done and the server said no word too many, which the next answer would begin with."""
    frames = stream.frames
    if frames.our_state is not h11.DONE or frames.their_state is not h11.DONE or frames.trailing_data[0]:
        return False
    frames.start_next_cycle()
    return stream.is_quiet
