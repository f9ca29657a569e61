"""Maps a function over batches in worker processes; a crash, hang or explosion costs one document only."""

import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError
from concurrent.futures import TimeoutError as FutureTimeoutError
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
from pebble import ProcessExpired, ProcessFuture, ProcessPool

from flows.workers.limits import Limits, limit_process

AHEAD = 4
"""Batches in flight per worker: results come in order, so one slow batch must not leave others idle."""


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a batch of one row came to nothing: timeout, out_of_memory or crashed."""

    reason: str
    detail: str


class Workers:
    """Running worker processes and what they may use. A pool that broke is replaced."""

    def __init__(self, count: int, limits: Limits, start: Callable[[], ProcessPool]) -> None:
        self.count = count
        self.limits = limits
        self._start = start
        self.pool = start()

    def renew(self) -> None:
        """Start anew: a worker that dies between two tasks takes the whole pool along."""
        self.close()
        self.pool = self._start()

    def close(self) -> None:
        """End all workers."""
        self.pool.stop()  # type: ignore[no-untyped-call]
        self.pool.join()


@contextmanager
def open_workers(
    *,
    count: int,
    limits: Limits,
    prepare: Callable[..., None] | None = None,
    arguments: tuple[Any, ...] = (),
    modules: tuple[str, ...] = (),
) -> Iterator[Workers]:
    """Give `count` workers (0: one per usable processor) that each called `prepare(*arguments)` once.

    `modules` are imported once for all of them. Workers start with the first batch and end with the block.
    """
    count = count or usable_cpus()

    def start() -> ProcessPool:
        return ProcessPool(
            max_workers=count,
            initializer=_start_worker,
            initargs=(limits.memory_bytes, prepare, arguments),
            context=_context(modules),
        )

    workers = Workers(count, limits, start)
    try:
        yield workers
    finally:
        workers.close()


def map_batches(
    function: Callable[[pa.Table], Any], batches: Iterable[pa.Table], *, workers: Workers
) -> Iterator[tuple[pa.Table, Any | Failure]]:
    """Yield each batch with its result, in the order in which they were given.

    `function` is a module-level function. A batch that fails is tried again row by row, and a row that fails
    has a Failure for a result. At most AHEAD batches a worker are taken ahead of the results.
    """
    waiting: deque[tuple[pa.Table, ProcessFuture[Any]]] = deque()
    for batch in batches:
        waiting.append((batch, _submit(function, batch, workers)))
        if len(waiting) >= workers.count * AHEAD:
            yield from _finish_first(function, waiting, workers)
    while waiting:
        yield from _finish_first(function, waiting, workers)


def usable_cpus() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _submit(function: Callable[[pa.Table], Any], batch: pa.Table, workers: Workers) -> ProcessFuture[Any]:
    timeout = workers.limits.batch_seconds(batch.num_rows)
    try:
        return workers.pool.schedule(function, args=(batch,), timeout=timeout)
    except RuntimeError:  # the pool broke since
        workers.renew()
        return workers.pool.schedule(function, args=(batch,), timeout=timeout)


def _finish_first(
    function: Callable[[pa.Table], Any],
    waiting: "deque[tuple[pa.Table, ProcessFuture[Any]]]",
    workers: Workers,
) -> Iterator[tuple[pa.Table, Any | Failure]]:
    batch, future = waiting.popleft()
    outcome = _outcome(future, workers.limits)
    if isinstance(outcome, Failure) and batch.num_rows > 1:
        for row in range(batch.num_rows):
            yield _finish_row(function, batch.slice(row, 1), workers)
    else:
        yield batch, outcome
    if not workers.pool.active:  # what was waiting went with the pool
        workers.renew()
    for place, (other, given) in enumerate(waiting):
        if given.done() and given.exception() is not None:
            waiting[place] = (other, _submit(function, other, workers))


def _finish_row(
    function: Callable[[pa.Table], Any], row: pa.Table, workers: Workers
) -> tuple[pa.Table, Any | Failure]:
    outcome = _outcome(_submit(function, row, workers), workers.limits)
    if isinstance(outcome, Failure) and outcome.reason == "crashed":
        outcome = _outcome(_submit(function, row, workers), workers.limits)  # it may have died for another
    return row, outcome


def _outcome(future: ProcessFuture[Any], limits: Limits) -> Any | Failure:
    try:
        return future.result()
    except FutureTimeoutError:
        return Failure("timeout", f"took longer than {limits.document_seconds:g} s")
    except MemoryError:
        return Failure("out_of_memory", f"took more than {limits.memory_bytes / 2**30:g} GB")
    except ProcessExpired as error:
        return Failure("crashed", f"the worker process died (exit code {error.exitcode})")
    except (BrokenProcessPool, CancelledError) as error:
        return Failure("crashed", f"the worker processes died ({error or type(error).__name__})")


def _start_worker(memory_bytes: int, prepare: Callable[..., None] | None, arguments: tuple[Any, ...]) -> None:
    limit_process(memory_bytes)
    if prepare is not None:
        prepare(*arguments)


def _context(modules: tuple[str, ...]) -> Any:
    """Fork workers from a server that has the modules loaded; a fork of this process would copy threads."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(list(modules))
    return context
