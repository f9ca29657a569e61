"""The door between the thread that fetches and the one that stores: bounded by bytes, so that memory is."""

import asyncio
import queue
from collections.abc import Iterator, Sequence

from flows.sources.items import Item

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
        self._queue: queue.SimpleQueue[Parcel | BaseException | None] = queue.SimpleQueue()

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
        """Hand over items that belong together, in their order."""
        self._queue.put((items, reserved))

    def finish(self, error: BaseException | None = None) -> None:
        """Say that nothing more comes, or why."""
        self._queue.put(error)

    def take(self) -> Iterator[Item]:
        """Yield items until the end; room is given back when the next is asked for."""
        while (parcel := self._queue.get()) is not None:
            if isinstance(parcel, BaseException):
                raise parcel
            items, reserved = parcel
            yield from items
            if not self._loop.is_closed():
                self._loop.call_soon_threadsafe(self._give_back, reserved)

    def _give_back(self, reserved: int) -> None:
        self._held -= reserved
        if self._waiting:
            self._loop.create_task(self._tell())

    async def _tell(self) -> None:
        async with self._room:
            self._room.notify_all()
