"""Run network sources: many hosts at once in a thread of its own, documents handed over one by one.

The caller stores each item before it asks for the next, in the order of their coming: a document comes before the
state that says it is in, and the state of a listing after all its pages. So a crash at any point loses nothing, and
what was stored is not asked for again.
"""

import asyncio
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, nullcontext, suppress
from dataclasses import dataclass, field
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


@dataclass(frozen=True, slots=True)
class AcquireOptions:
    """What a run may set: a back-fill's period, a pool that outlives the run, the clock."""

    period: Period = field(default_factory=Period)
    pool: LimitedPool | None = None
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)


def acquire(
    sources: Sequence[Source],
    memory: Memory,
    settings: FetchSettings,
    *,
    options: AcquireOptions | None = None,
) -> Iterator[Item]:
    """Yield documents, refusals, states and one report a source; closing the iterator stops the fetching.

    `memory` is called from the fetching thread. Sources that are read from disk are not for here.
    """
    wrong = [source.source_id for source in sources if source.kind not in FETCHED_KINDS]
    if wrong:
        raise ValueError(f"{', '.join(wrong)}: only {', '.join(sorted(FETCHED_KINDS))} are fetched")
    fetching = _Fetching(sources, memory, settings, options or AcquireOptions())
    with closing(fetching):
        yield from fetching.items()


class _Fetching:
    """The thread with the event loop. `items` starts it and follows it to its end; `close` cuts it short."""

    def __init__(
        self, sources: Sequence[Source], memory: Memory, settings: FetchSettings, options: AcquireOptions
    ) -> None:
        self._sources, self._memory, self._settings, self._options = sources, memory, settings, options
        self._is_ready = threading.Event()
        self._loop = asyncio.new_event_loop()
        self._outbox = Outbox(self._loop)
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
        options = self._options
        try:
            with nullcontext(options.pool) if options.pool else closing(LimitedPool()) as pool:
                await _run_all(self._sources, self._memory, self._settings, options, self._outbox, pool)
        except BaseException as error:
            self._outbox.finish(error)
            if not isinstance(error, Exception):
                raise
        else:
            self._outbox.finish()


async def _run_all(
    sources: Sequence[Source],
    memory: Memory,
    settings: FetchSettings,
    options: AcquireOptions,
    outbox: Outbox,
    pool: LimitedPool,
) -> None:
    fetcher = Fetcher(settings, recall_robots=memory.robots, now=options.clock)
    places = asyncio.Semaphore(SOURCES_AT_ONCE)

    async def one(source: Source) -> None:
        async with places:
            await run_source(SourceRun(source, fetcher, memory, outbox, pool, options.clock, options.period))

    async with fetcher, asyncio.TaskGroup() as group:
        for source in sources:
            group.create_task(one(source))
