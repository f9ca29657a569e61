"""One connection to a server: bytes as they come, held back where they come too fast, and h11's view of them."""

import asyncio
import ssl
from collections.abc import Mapping
from typing import cast

import h11

from copydesk.flows.fetch.errors import FetchError
from copydesk.schemas.reasons import Reason

_MAX_HELD_BYTES = 128 * 1024

# All that h11 must know of a request to frame its answer; made once, since making them costs as much as reading one.
_GET = h11.Request(method="GET", target="/", headers=[("Host", "-")])
_LAST_GET = h11.Request(method="GET", target="/", headers=[("Host", "-"), ("Connection", "close")])
_END = h11.EndOfMessage()


class Stream(asyncio.Protocol):
    """An open connection. asyncio calls the first four methods.

    `frames` says where an answer begins and ends; replacing it forgets what was framed so far.
    """

    def __init__(self, *, max_header_bytes: int) -> None:
        self.frames = h11.Connection(h11.CLIENT, max_incomplete_event_size=max_header_bytes)
        self._max_header_bytes = max_header_bytes
        self._transport: asyncio.Transport | None = None
        self._held: list[bytes] = []
        self._held_bytes = 0
        self._is_paused = self._has_ended = False
        self._fault: Exception | None = None
        self._waiter: asyncio.Future[None] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin."""
        self._transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        """Keep what came until it is read."""
        self._held.append(data)
        self._held_bytes += len(data)
        if self._held_bytes > _MAX_HELD_BYTES and self._transport is not None:
            self._transport.pause_reading()
            self._is_paused = True
        self._wake()

    def eof_received(self) -> None:
        """Note that nothing more comes; the transport closes itself."""
        self._has_ended = True
        self._wake()

    def connection_lost(self, exc: Exception | None) -> None:
        """Note the end, and the fault behind it."""
        self._has_ended, self._fault = True, exc
        self._wake()

    @property
    def is_quiet(self) -> bool:
        """Whether the server neither spoke nor hung up since the last answer was read."""
        return not self._held and not self._has_ended

    async def read(self) -> bytes:
        """Return the bytes that came, at least one; none at the end. Raises OSError where the connection broke."""
        if not self._held and not self._has_ended:
            self._waiter = asyncio.get_running_loop().create_future()
            await self._waiter
        if self._held:
            return self._take()
        if self._fault is not None:
            raise self._fault if isinstance(self._fault, OSError) else OSError(str(self._fault))
        return b""

    async def tunnel(self, host: str, port: int, tls: ssl.SSLContext, authorization: str | None) -> None:
        """Have a proxy connect to a host, and speak TLS with that (RFC 9110, 9.3.6). Raises OSError."""
        name = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
        login = [f"Proxy-Authorization: {authorization}"] if authorization else []
        if self._transport is None:
            raise OSError("not connected")
        head = "\r\n".join([f"CONNECT {name} HTTP/1.1", f"Host: {name}", *login, "", ""])
        self._transport.write(head.encode("latin-1", "replace"))
        answer = b""
        while b"\r\n\r\n" not in answer:
            piece = await self.read()
            answer += piece
            if not piece or len(answer) > self._max_header_bytes:
                raise OSError("it hung up on CONNECT")
        status = answer.split(b"\r\n", 1)[0].decode("latin-1")
        if not status.startswith("HTTP/1.") or status.split(" ")[1:2] != ["200"]:
            raise OSError(f"it answered {status[:100]!r} to CONNECT")
        loop = asyncio.get_running_loop()
        secured = await loop.start_tls(self._transport, self, tls, server_hostname=host)
        if secured is None:
            raise OSError("it hung up within TLS")
        self._transport = secured

    def abort(self) -> None:
        """Hang up."""
        if self._transport is not None:
            self._transport.abort()

    def send_request(self, *, target: str, headers: Mapping[str, str]) -> None:
        """Send one GET request; refuse headers or a target that would be more than one line.

        A connection that is gone is noticed when the response is read.
        """
        lines = [f"GET {target} HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items())]
        if any("\r" in line or "\n" in line for line in lines):
            raise FetchError(Reason.BAD_URL, "a header or the address holds a line break")
        self.frames.send(_GET)
        self.frames.send(_END)
        if self._transport is not None:
            self._transport.write("\r\n".join([*lines, "", ""]).encode("latin-1", "replace"))

    def frame_anew(self) -> None:
        """Frame the answer from its start again, for the last time on this connection."""
        self.frames = h11.Connection(h11.CLIENT, max_incomplete_event_size=self._max_header_bytes)
        self.frames.send(_LAST_GET)
        self.frames.send(_END)

    def _take(self) -> bytes:
        taken = self._held[0] if len(self._held) == 1 else b"".join(self._held)
        self._held.clear()
        self._held_bytes = 0
        if self._is_paused and self._transport is not None:
            self._transport.resume_reading()
            self._is_paused = False
        return taken

    def _wake(self) -> None:
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)
