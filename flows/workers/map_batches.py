"""Maps a function over batches in worker processes; a crash, hang or explosion costs one document only."""

import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import TimeoutError as FutureTimeoutError
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
class Work:
    """What workers do: a function of a batch, and how each worker prepares for it once.

    `prepare` and `function` are named module-level functions; `modules` are imported once for all workers.
    """

    function: Callable[[pa.Table], Any]
    prepare: Callable[..., None] | None = None
    arguments: tuple[Any, ...] = ()
    modules: tuple[str, ...] = ()


def map_batches(
    work: Work, batches: Iterable[pa.Table], *, workers: int, limits: Limits
) -> Iterator[tuple[pa.Table, Any | Failure]]:
    """Yield each batch with its result, in the order in which they were given.

    A batch that fails is halved and tried again, down to one row, whose Failure stands for a result.
    At most `AHEAD` batches a worker are taken from `batches` ahead of the results.
    """
    with ProcessPool(
        max_workers=workers,
        initializer=_start_worker,
        initargs=(limits.memory_bytes, work.prepare, work.arguments),
        context=_context(work.modules),
    ) as pool:
        try:
            yield from _stream(pool, work, iter(batches), workers * AHEAD, limits)
        finally:
            pool.stop()  # type: ignore[no-untyped-call]


def usable_cpus() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _stream(
    pool: ProcessPool, work: Work, batches: Iterator[pa.Table], ahead: int, limits: Limits
) -> Iterator[tuple[pa.Table, Any | Failure]]:
    waiting: deque[tuple[pa.Table, "ProcessFuture[Any]"]] = deque()
    for batch in batches:
        waiting.append((batch, _submit(pool, work, batch, limits)))
        if len(waiting) >= ahead:
            yield from _finish(pool, work, *waiting.popleft(), limits)
    while waiting:
        yield from _finish(pool, work, *waiting.popleft(), limits)


def _submit(pool: ProcessPool, work: Work, batch: pa.Table, limits: Limits) -> "ProcessFuture[Any]":
    return pool.schedule(work.function, args=(batch,), timeout=limits.batch_seconds(batch.num_rows))


def _finish(
    pool: ProcessPool, work: Work, batch: pa.Table, future: "ProcessFuture[Any]", limits: Limits
) -> Iterator[tuple[pa.Table, Any | Failure]]:
    failure = None
    try:
        yield batch, future.result()
    except FutureTimeoutError:
        failure = Failure("timeout", f"took longer than {limits.batch_seconds(1):g} s")
    except MemoryError:
        failure = Failure("out_of_memory", f"took more than {limits.memory_bytes / 2**30:g} GB")
    except ProcessExpired as error:
        failure = Failure("crashed", f"the worker process died (exit code {error.exitcode})")
    if failure is None:
        return
    if batch.num_rows == 1:
        yield batch, failure
        return
    half = batch.num_rows // 2
    for part in (batch.slice(0, half), batch.slice(half)):
        yield from _finish(pool, work, part, _submit(pool, work, part, limits), limits)


def _start_worker(memory_bytes: int, prepare: Callable[..., None] | None, arguments: tuple[Any, ...]) -> None:
    limit_process(memory_bytes)
    if prepare is not None:
        prepare(*arguments)


def _context(modules: tuple[str, ...]) -> Any:
    """Fork workers from a server that has the modules loaded: a fork of this process would copy its threads."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(list(modules))
    return context
