"""The queue before one host: how many requests at once, how far apart, and until when the host wants peace."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from copydesk.flows.fetch.errors import FetchError
from copydesk.flows.fetch.stream import Stream
from copydesk.schemas.reasons import Reason

FAULTS_OF_A_DEAD_HOST = 5
DEAD_HOST_SECONDS = 3_600.0

Clock = Callable[[], float]
Sleep = Callable[[float], Awaitable[None]]


@dataclass(slots=True)
class HostQueue:
    """One host. `next_at` and `closed_until` are readings of `clock`; `idle` holds open streams by origin."""

    slots: asyncio.Semaphore
    clock: Clock
    sleep: Sleep
    next_at: float = 0.0
    closed_until: float = 0.0
    idle: dict[str, list[Stream]] = field(default_factory=dict)
    users: int = 0
    faults_in_row: int = 0

    @asynccontextmanager
    async def turn(self, delay_seconds: float) -> AsyncIterator[None]:
        """Wait for a place and for the pause since the last request; start the next pause on leaving."""
        self.users += 1
        try:
            async with self.slots:
                self.check_open()
                if (pause := self.next_at - self.clock()) > 0:
                    await self.sleep(pause)
                    self.check_open()
                try:
                    yield
                finally:
                    self.next_at = max(self.next_at, self.clock() + delay_seconds)
        finally:
            self.users -= 1

    def check_open(self) -> None:
        """Refuse at once while the host asked not to be bothered."""
        if (left := self.closed_until - self.clock()) > 0:
            raise FetchError(
                Reason.RETRY_LATER, f"the host is left in peace for {left:.0f} s", wait_seconds=left
            )

    def postpone(self, seconds: float, *, at_most: float) -> None:
        """Keep a Retry-After: short ones are waited for in line, long ones close the queue."""
        until = self.clock() + seconds
        if seconds > at_most:
            self.closed_until = max(self.closed_until, until)
        else:
            self.next_at = max(self.next_at, until)

    def note_fault(self) -> None:
        """Close the queue after some faults in a row: a dead host must not cost a deadline for each of its pages."""
        self.faults_in_row += 1
        if self.faults_in_row >= FAULTS_OF_A_DEAD_HOST:
            self.closed_until = max(self.closed_until, self.clock() + DEAD_HOST_SECONDS)

    def take_idle(self, origin: str) -> Stream | None:
        """Return an open stream to use again; one on which the server spoke unasked would answer with old words."""
        idle = self.idle.get(origin, [])
        while idle:
            stream = idle.pop()
            if stream.is_quiet:
                return stream
            stream.abort()
        return None

    def hang_up(self) -> None:
        """Close the streams that wait for another request."""
        for streams in self.idle.values():
            for stream in streams:
                stream.abort()
        self.idle.clear()
