"""Run network sources: many hosts at once in a thread of its own, documents handed over one by one.

The caller stores each item before it asks for the next, in the order of their coming: a document comes before the
state that says it is in, and the state of a listing after all its pages. So a crash at any point loses nothing, and
what was stored is not asked for again.
"""

import asyncio
import threading
from collections.abc import Awaitable, Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, nullcontext, suppress
from datetime import UTC, datetime

from copydesk.flows.fetch.fetch_settings import FetchSettings
from copydesk.flows.fetch.fetcher import Fetcher
from copydesk.flows.sources.items import Item
from copydesk.flows.sources.limited import LimitedPool
from copydesk.flows.sources.memory import Memory
from copydesk.flows.sources.outbox import Outbox
from copydesk.flows.sources.run_source import run_source
from copydesk.flows.sources.source import Period, Source
from copydesk.flows.sources.source_run import SourceRun
from copydesk.schemas.enums import FETCHED_KINDS

SOURCES_AT_ONCE = 200
THREADS = 32


def acquire(
    sources: Sequence[Source],
    memory: Memory,
    settings: FetchSettings,
    *,
    period: Period | None = None,
    pool: LimitedPool | None = None,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> Iterator[Item]:
    """Yield documents, refusals, states and one report a source; closing the iterator stops the fetching.

    `memory` is called from the fetching thread; `pool` outlives the run. Sources that are read from disk are not for
    here.
    """
    wrong = [source.source_id for source in sources if source.kind not in FETCHED_KINDS]
    if wrong:
        raise ValueError(f"{', '.join(wrong)}: only {', '.join(sorted(FETCHED_KINDS))} are fetched")
    loop = asyncio.new_event_loop()
    outbox = Outbox(loop)

    async def run_all() -> None:
        fetcher = Fetcher(settings, recall_robots=memory.robots, now=clock)
        places = asyncio.Semaphore(SOURCES_AT_ONCE)

        async def one(source: Source, pool: LimitedPool) -> None:
            async with places:
                await run_source(SourceRun(source, fetcher, memory, outbox, pool, clock, period or Period()))

        with nullcontext(pool) if pool else closing(LimitedPool()) as used:
            async with fetcher, asyncio.TaskGroup() as group:
                for source in sources:
                    group.create_task(one(source, used))

    with closing(_Fetching(run_all, outbox, loop)) as fetching:
        yield from fetching.items()


class _Fetching:
    """The thread with the event loop. `items` starts it and follows it to its end; `close` cuts it short."""

    def __init__(
        self, run_all: Callable[[], Awaitable[None]], outbox: Outbox, loop: asyncio.AbstractEventLoop
    ) -> None:
        self._run_all, self._outbox, self._loop = run_all, outbox, loop
        self._is_ready = threading.Event()
        self._task: asyncio.Task[None] | None = None
        self._thread = threading.Thread(target=self._run, name="copydesk-fetch", daemon=True)

    def items(self) -> Iterator[Item]:
        self._thread.start()
        self._is_ready.wait()
        yield from self._outbox.take()

    def close(self) -> None:
        if self._thread.ident is not None:
            with suppress(RuntimeError):  # the loop has ended by itself
                self._loop.call_soon_threadsafe(self._cancel)
            self._thread.join()

    def _cancel(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def _run(self) -> None:
        with asyncio.Runner(loop_factory=lambda: self._loop) as runner, suppress(asyncio.CancelledError):
            runner.run(self._main())

    async def _main(self) -> None:
        self._task = asyncio.current_task()
        # Names are looked up in threads; a few dead ones must not keep all the others waiting.
        self._loop.set_default_executor(ThreadPoolExecutor(THREADS, thread_name_prefix="copydesk-look-up"))
        self._is_ready.set()
        try:
            await self._run_all()
        except BaseException as error:
            self._outbox.finish(error)
            if not isinstance(error, Exception):
                raise
        else:
            self._outbox.finish()
