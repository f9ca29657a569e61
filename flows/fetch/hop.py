"""One request and its answer, or the redirect it gives: place, pause, stream, deadline, decoding."""

import asyncio
import hashlib
import tempfile
from collections.abc import Callable
from datetime import datetime
from typing import BinaryIO, cast

from flows.fetch.address import Address
from flows.fetch.ask import Ask, Fetched
from flows.fetch.decode_body import decode_body
from flows.fetch.dial import Dialler
from flows.fetch.errors import FetchError, FetchReason
from flows.fetch.fetch_settings import FetchSettings
from flows.fetch.head import Head
from flows.fetch.judge_answer import check_answer, redirect_target
from flows.fetch.lane import Clock, Lane, Sleep
from flows.fetch.receive_body import receive_body
from flows.fetch.receive_head import receive_head
from flows.fetch.send_request import send_request
from flows.fetch.stream import Stream

_IN_MEMORY_BYTES = 2_000_000
_MAX_LANES = 1_000
_DEAD = frozenset({FetchReason.NOT_CONNECTED, FetchReason.NO_SUCH_HOST, FetchReason.TLS_FAILED})
_ACCEPT = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
_ACCEPT_ENCODING = "gzip, deflate, br, zstd"


class Hopper:
    """The lanes of all hosts."""

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
        self._lanes: dict[str, Lane] = {}
        self._places = asyncio.Semaphore(settings.requests_at_once)

    def hang_up(self) -> None:
        """Close every stream that waits."""
        for lane in self._lanes.values():
            lane.hang_up()
        self._lanes.clear()

    async def hop(self, ask: Ask, address: Address, *, least_delay_seconds: float = 0.0) -> Fetched | Address:
        """Make one request in the lane of its host; return the answer, or the address of its redirect."""
        lane = self._lane_of(address, ask)
        delay = max(self._delay_of(ask, address), least_delay_seconds)
        async with lane.turn(delay), self._places:
            try:
                async with asyncio.timeout(self._settings.deadline_seconds):
                    answer = await self._exchange(ask, address, lane)
            except TimeoutError:
                lane.note_fault()
                detail = f"{address.url}: no whole answer in {self._settings.deadline_seconds:g} s"
                raise FetchError(FetchReason.DEADLINE, detail) from None
            except FetchError as error:
                if error.reason in _DEAD:
                    lane.note_fault()
                if error.wait_seconds:
                    lane.postpone(error.wait_seconds, at_most=self._settings.max_wait_seconds)
                    error.is_passing &= error.wait_seconds <= self._settings.max_wait_seconds
                raise
            else:
                lane.faults_in_row = 0
                return answer

    async def _exchange(self, ask: Ask, address: Address, lane: Lane) -> Fetched | Address:
        stream, head = await self._head_of(ask, address, lane)
        is_reusable = False
        try:
            target = redirect_target(head, address)
            if target is not None:
                return target
            check_answer(head, address, media_types=ask.media_types, now=self._now())
            limit = ask.max_bytes or self._settings.max_page_bytes
            encoding = head.headers.get("content-encoding", "")
            raw = _open_spool() if encoding else ask.sink()
            is_reusable = await receive_body(stream, head, raw, max_bytes=limit)
            ask.tally.received_bytes += raw.tell()
            raw.seek(0)
            if encoding and head.status != 304:
                with raw:
                    file = await _decoded(raw, encoding, ask.sink(), limit)
            else:
                file = raw
            return _fetched(ask, address, head, file, self._now())
        except OSError as error:
            raise FetchError(FetchReason.TRUNCATED, f"{address.url}: {error}") from None
        finally:
            if is_reusable:
                lane.idle.setdefault(address.origin, []).append(stream)
            else:
                stream.abort()

    async def _head_of(self, ask: Ask, address: Address, lane: Lane) -> tuple[Stream, Head]:
        """Ask on a stream that is open already; a fresh one follows where the server has closed it meanwhile."""
        while True:
            idle = lane.take_idle(address.origin)
            stream = idle or await self._dialler.dial(address)
            try:
                ask.tally.requests_count += 1
                send_request(stream, target=address.target, headers=self._headers(ask, address))
                head = await receive_head(stream, max_header_bytes=self._settings.max_header_bytes)
            except OSError as error:
                stream.abort()
                if idle is None:
                    raise FetchError(FetchReason.NOT_CONNECTED, f"{address.url}: {error}") from None
            except BaseException:
                stream.abort()
                raise
            else:
                return stream, head

    def _headers(self, ask: Ask, address: Address) -> dict[str, str]:
        return {
            "Host": address.authority,
            "User-Agent": self._settings.user_agent,
            "Accept": _ACCEPT,
            "Accept-Encoding": _ACCEPT_ENCODING,
            **ask.headers,
            # To the origin that it was given for: a redirect elsewhere must not carry it along.
            **_login(ask, address),
        }

    def _delay_of(self, ask: Ask, address: Address) -> float:
        if ask.delay_seconds is not None:
            return ask.delay_seconds
        return 0.0 if self._dialler.may_be_private(address) else self._settings.delay_seconds

    def _lane_of(self, address: Address, ask: Ask) -> Lane:
        lane = self._lanes.get(address.lane)
        if lane is None:
            if len(self._lanes) >= _MAX_LANES:
                self._drop_unused_lanes()
            places = ask.requests_per_host or self._settings.requests_per_host
            lane = Lane(asyncio.Semaphore(places), self._clock, self._sleep)
            self._lanes[address.lane] = lane
        return lane

    def _drop_unused_lanes(self) -> None:
        now = self._clock()
        for name, lane in list(self._lanes.items()):
            if not lane.users and lane.next_at <= now and lane.closed_until <= now:
                lane.hang_up()
                del self._lanes[name]


def _login(ask: Ask, address: Address) -> dict[str, str]:
    if ask.login is None or ask.login.origin != address.origin:
        return {}
    return {"Authorization": ask.login.authorization}


def _open_spool() -> BinaryIO:
    return cast("BinaryIO", tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY_BYTES))


async def _decoded(raw: BinaryIO, encoding: str, file: BinaryIO, limit: int) -> BinaryIO:
    for piece in decode_body(raw, encoding, max_bytes=limit):
        file.write(piece)
        if file.tell() > _IN_MEMORY_BYTES:
            await asyncio.sleep(0)  # a big body must not keep the other hosts waiting
    return file


def _fetched(ask: Ask, address: Address, head: Head, file: BinaryIO, now: datetime) -> Fetched:
    size = file.seek(0, 2)
    file.seek(0)
    digest = hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]
    file.seek(0)
    return Fetched(ask.url, address.url, head.status, head.headers, file, size, digest, now)
