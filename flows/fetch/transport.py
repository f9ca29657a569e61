"""One request and its response, or the redirect it gives: place, pause, stream, deadline, decoding."""

import asyncio
import hashlib
import tempfile
from collections.abc import Callable
from datetime import datetime
from typing import BinaryIO, cast

from copydesk.flows.fetch.address import Address
from copydesk.flows.fetch.decode_body import decode_body
from copydesk.flows.fetch.dial import Dialler
from copydesk.flows.fetch.errors import FetchError
from copydesk.flows.fetch.exchange import HttpRequest, HttpResponse, ResponseHead
from copydesk.flows.fetch.fetch_settings import FetchSettings
from copydesk.flows.fetch.host_queue import Clock, HostQueue, Sleep
from copydesk.flows.fetch.judge_response import check_response, redirect_target
from copydesk.flows.fetch.receive_body import receive_body
from copydesk.flows.fetch.receive_head import receive_head
from copydesk.flows.fetch.stream import Stream
from copydesk.schemas.reasons import Reason

_IN_MEMORY_BYTES = 2_000_000
_MAX_QUEUES = 1_000
_DEAD = frozenset({Reason.NOT_CONNECTED, Reason.NO_SUCH_HOST, Reason.TLS_FAILED})
_ACCEPT = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
_ACCEPT_ENCODING = "gzip, deflate, br, zstd"


class Transport:
    """The queues of all hosts, and the way through each."""

    def __init__(
        self,
        settings: FetchSettings,
        dialler: Dialler,
        *,
        now: Callable[[], datetime],
        sleep: Sleep,
        clock: Clock,
    ) -> None:
        self._settings, self._dialler = settings, dialler
        self._now, self._sleep, self._clock = now, sleep, clock
        self._queues: dict[str, HostQueue] = {}
        self._places = asyncio.Semaphore(settings.requests_at_once)

    def hang_up(self) -> None:
        """Close every stream that waits."""
        for queue in self._queues.values():
            queue.hang_up()
        self._queues.clear()

    async def send(
        self, request: HttpRequest, address: Address, *, least_delay_seconds: float = 0.0
    ) -> HttpResponse | Address:
        """Make one request in the queue of its host; return the response, or the address of its redirect."""
        queue = self._queue_of(address, request)
        delay = max(self._delay_of(request, address), least_delay_seconds)
        async with queue.turn(delay), self._places:
            try:
                async with asyncio.timeout(self._settings.deadline_seconds):
                    response = await self._exchange(request, address, queue)
            except TimeoutError:
                queue.note_fault()
                detail = f"{address.url}: no whole answer in {self._settings.deadline_seconds:g} s"
                raise FetchError(Reason.DEADLINE, detail) from None
            except FetchError as error:
                if error.reason in _DEAD:
                    queue.note_fault()
                if error.wait_seconds:
                    queue.postpone(error.wait_seconds, at_most=self._settings.max_wait_seconds)
                    error.is_passing &= error.wait_seconds <= self._settings.max_wait_seconds
                raise
            else:
                queue.faults_in_row = 0
                return response

    async def _exchange(
        self, request: HttpRequest, address: Address, queue: HostQueue
    ) -> HttpResponse | Address:
        stream, head = await self._receive_head(request, address, queue)
        is_reusable = False
        try:
            target = redirect_target(head, address)
            if target is not None:
                return target
            check_response(head, address, media_types=request.media_types, now=self._now())
            limit = request.max_bytes or self._settings.max_page_bytes
            encoding = head.headers.get("content-encoding", "")
            raw = _open_spool() if encoding else request.sink()
            is_reusable = await receive_body(stream, head, raw, max_bytes=limit)
            request.tally.received_bytes += raw.tell()
            raw.seek(0)
            if encoding and head.status != 304:
                with raw:
                    file = await _decoded(raw, encoding, request.sink(), limit)
            else:
                file = raw
            return _response(request, address, head, file, self._now())
        except OSError as error:
            raise FetchError(Reason.TRUNCATED, f"{address.url}: {error}") from None
        finally:
            if is_reusable:
                queue.idle.setdefault(_way(address, request.session.proxy), []).append(stream)
            else:
                stream.abort()

    async def _receive_head(
        self, request: HttpRequest, address: Address, queue: HostQueue
    ) -> tuple[Stream, ResponseHead]:
        """Ask on a stream that is open already; a fresh one follows where the server has closed it meanwhile."""
        while True:
            proxy = request.session.proxy
            idle = queue.take_idle(_way(address, proxy))
            stream = idle or await self._dialler.dial(address, proxy, request.session.proxy_login)
            try:
                request.tally.requests_count += 1
                stream.send_request(target=_target(address, proxy), headers=self._headers(request, address))
                head = await receive_head(stream, max_header_bytes=self._settings.max_header_bytes)
            except OSError as error:
                stream.abort()
                if idle is None:
                    raise FetchError(Reason.NOT_CONNECTED, f"{address.url}: {error}") from None
            except BaseException:
                stream.abort()
                raise
            else:
                return stream, head

    def _headers(self, request: HttpRequest, address: Address) -> dict[str, str]:
        return {
            "Host": address.authority,
            "User-Agent": self._settings.user_agent,
            "Accept": _ACCEPT,
            "Accept-Encoding": _ACCEPT_ENCODING,
            **request.headers,
            # To the origin that it was given for: a redirect elsewhere must not carry it along.
            **request.session.headers_for(address),
            **_login(request, address),
        }

    def _delay_of(self, request: HttpRequest, address: Address) -> float:
        if request.delay_seconds is not None:
            return request.delay_seconds
        return 0.0 if self._dialler.may_be_private(address) else self._settings.delay_seconds

    def _queue_of(self, address: Address, request: HttpRequest) -> HostQueue:
        queue = self._queues.get(address.authority)
        if queue is None:
            if len(self._queues) >= _MAX_QUEUES:
                self._drop_unused_queues()
            places = request.requests_per_host or self._settings.requests_per_host
            queue = HostQueue(asyncio.Semaphore(places), self._clock, self._sleep)
            self._queues[address.authority] = queue
        return queue

    def _drop_unused_queues(self) -> None:
        now = self._clock()
        for name, queue in list(self._queues.items()):
            if not queue.users and queue.next_at <= now and queue.closed_until <= now:
                queue.hang_up()
                del self._queues[name]


def _way(address: Address, proxy: Address | None) -> str:
    """Name the connections that may serve a request again."""
    return f"{address.origin} by {proxy.origin}" if proxy else address.origin


def _target(address: Address, proxy: Address | None) -> str:
    """Return what is asked for: of a proxy without a tunnel the whole address (RFC 9112, 3.2.2)."""
    return address.url if proxy and address.scheme == "http" else address.target


def _login(request: HttpRequest, address: Address) -> dict[str, str]:
    if request.login is None or request.login.origin != address.origin:
        return {}
    return {"Authorization": request.login.authorization}


def _open_spool() -> BinaryIO:
    return cast("BinaryIO", tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY_BYTES))


async def _decoded(raw: BinaryIO, encoding: str, file: BinaryIO, limit: int) -> BinaryIO:
    for piece in decode_body(raw, encoding, max_bytes=limit):
        file.write(piece)
        if file.tell() > _IN_MEMORY_BYTES:
            await asyncio.sleep(0)  # a big body must not keep the other hosts waiting
    return file


def _response(
    request: HttpRequest, address: Address, head: ResponseHead, file: BinaryIO, now: datetime
) -> HttpResponse:
    file.seek(0)
    digest = hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]
    file.seek(0)
    return HttpResponse(request.url, address.url, head.status, head.headers, file, digest, now)
