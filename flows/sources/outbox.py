"""The door between the thread that fetches and the one that stores: bounded by bytes, so that memory is."""

import asyncio
import queue
from collections.abc import Iterator, Sequence
from contextlib import suppress

from copydesk.flows.sources.items import Item
from copydesk.flows.stopping import waiting

MAX_HELD_BYTES = 64_000_000
_ITEM_BYTES = 1_000

Parcel = tuple[Sequence[Item], int]


class Outbox:
    """Items on their way. `reserve` and `put` are called in the fetching loop; `take` in the storing thread."""

    def __init__(self, loop: asyncio.AbstractEventLoop, *, max_held_bytes: int = MAX_HELD_BYTES) -> None:
        self._max = max_held_bytes
        self._held = 0
        self._waiting = 0
        self._loop = loop
        self._room = asyncio.Condition()
        self._parcels: list[Parcel] = []
        self._queue: queue.SimpleQueue[list[Parcel] | BaseException | None] = queue.SimpleQueue()

    async def reserve(self, size_bytes: int) -> int:
        """Wait until there is room; something bigger than the whole box waits until it is empty."""
        size = size_bytes + _ITEM_BYTES
        if self._held and self._held + size > self._max:
            self._waiting += 1
            async with self._room:
                await self._room.wait_for(lambda: not self._held or self._held + size <= self._max)
            self._waiting -= 1
        self._held += size
        return size

    def put(self, items: Sequence[Item], reserved: int) -> None:
        """Hand over items that belong together, in their order.

        What comes in one round of the loop goes in one parcel: waking the other thread costs more than an item.
        """
        if not self._parcels:
            self._loop.call_soon(self._send)
        self._parcels.append((items, reserved))

    def finish(self, error: BaseException | None = None) -> None:
        """Say that nothing more comes, or why."""
        self._send()
        self._queue.put(error)

    def take(self) -> Iterator[Item]:
        """Yield items until the end; room is given back once they were stored."""
        while (parcels := self._next()) is not None:
            if isinstance(parcels, BaseException):
                raise parcels
            for items, _ in parcels:
                yield from items
            with suppress(RuntimeError):  # the loop has ended: nobody waits for room
                self._loop.call_soon_threadsafe(self._give_back, sum(reserved for _, reserved in parcels))

    def _next(self) -> list[Parcel] | BaseException | None:
        with waiting():
            return self._queue.get()

    def _send(self) -> None:
        if self._parcels:
            self._queue.put(self._parcels)
            self._parcels = []

    def _give_back(self, reserved: int) -> None:
        self._held -= reserved
        if self._waiting:
            self._loop.create_task(self._tell())

    async def _tell(self) -> None:
        async with self._room:
            self._room.notify_all()
