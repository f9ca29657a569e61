"""Maps a function over batches in worker processes; a crash, hang or explosion costs one document only."""

import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import TimeoutError as FutureTimeoutError
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
from pebble import ProcessExpired, ProcessFuture, ProcessPool

from flows.workers.limits import Limits, limit_process

AHEAD = 2
"""Batches in flight per worker: one at work and one waiting, so that memory stays bounded."""


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a batch of one row came to nothing: timeout, out_of_memory or crashed."""

    reason: str
    detail: str


@dataclass(frozen=True, slots=True)
class Workers:
    """Running worker processes and what they may use."""

    pool: ProcessPool
    count: int
    limits: Limits


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
    pool = ProcessPool(
        max_workers=count,
        initializer=_start_worker,
        initargs=(limits.memory_bytes, prepare, arguments),
        context=_context(modules),
    )
    try:
        yield Workers(pool, count, limits)
    finally:
        pool.stop()  # type: ignore[no-untyped-call]
        pool.join()


def map_batches(
    function: Callable[[pa.Table], Any], batches: Iterable[pa.Table], *, workers: Workers
) -> Iterator[tuple[pa.Table, Any | Failure]]:
    """Yield each batch with its result, in the order in which they were given.

    `function` is a module-level function. A batch that fails is halved and tried again, down to one row,
    whose Failure stands for a result. At most AHEAD batches a worker are taken ahead of the results.
    """
    waiting: deque[tuple[pa.Table, ProcessFuture[Any]]] = deque()
    for batch in batches:
        waiting.append((batch, _submit(function, batch, workers)))
        if len(waiting) >= workers.count * AHEAD:
            yield from _finish(function, *waiting.popleft(), workers)
    while waiting:
        yield from _finish(function, *waiting.popleft(), workers)


def usable_cpus() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _submit(function: Callable[[pa.Table], Any], batch: pa.Table, workers: Workers) -> ProcessFuture[Any]:
    timeout = workers.limits.batch_seconds(batch.num_rows)
    return workers.pool.schedule(function, args=(batch,), timeout=timeout)


def _finish(
    function: Callable[[pa.Table], Any], batch: pa.Table, future: ProcessFuture[Any], workers: Workers
) -> Iterator[tuple[pa.Table, Any | Failure]]:
    outcome = _outcome(future, workers.limits)
    if not isinstance(outcome, Failure) or batch.num_rows == 1:
        yield batch, outcome
        return
    half = batch.num_rows // 2
    for part in (batch.slice(0, half), batch.slice(half)):
        yield from _finish(function, part, _submit(function, part, workers), workers)


def _outcome(future: ProcessFuture[Any], limits: Limits) -> Any | Failure:
    try:
        return future.result()
    except FutureTimeoutError:
        return Failure("timeout", f"took longer than {limits.document_seconds:g} s")
    except MemoryError:
        return Failure("out_of_memory", f"took more than {limits.memory_bytes / 2**30:g} GB")
    except ProcessExpired as error:
        return Failure("crashed", f"the worker process died (exit code {error.exitcode})")


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
