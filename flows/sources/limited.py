"""Run a function on untrusted bytes in a process of its own, with a limit on time and on memory."""

import asyncio
import resource
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from typing import Any, TypeVar

from pebble import ProcessExpired, ProcessPool

from flows.workers.start_fork_server import start_fork_server

Result = TypeVar("Result")


class LimitError(Exception):
    """The work did not end well: `reason` is timeout, memory or crash."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail


@dataclass(frozen=True, slots=True)
class WorkLimits:
    """How long one piece of work may take, and how much memory its process may hold."""

    seconds: float = 10.0
    memory_bytes: int = 2_000_000_000


class LimitedPool:
    """Worker processes that start when first needed; one that dies is replaced, and its work alone is lost."""

    def __init__(self, *, workers: int = 1, limits: WorkLimits | None = None) -> None:
        self._workers = workers
        self._limits = limits or WorkLimits()
        self._pool: ProcessPool | None = None

    def run(self, function: Callable[..., Result], *args: Any) -> Result:
        """Return what the function returns; its own exceptions pass through, limits raise LimitError."""
        with self._told():
            result: Result = self._schedule(function, args).result()
        return result

    async def run_async(self, function: Callable[..., Result], *args: Any) -> Result:
        """Do the same without holding a thread: many wait here while others still look up names and rows."""
        with self._told():
            result: Result = await asyncio.wrap_future(self._schedule(function, args))
        return result

    def _schedule(self, function: Callable[..., Any], args: tuple[Any, ...]) -> Future[Any]:
        if self._pool is None:
            start_fork_server()
            self._pool = ProcessPool(
                max_workers=self._workers,
                max_tasks=500,
                initializer=_bound_memory,
                initargs=[self._limits.memory_bytes],
                # No fork: the caller has threads.
                context=get_context("forkserver"),
            )
        future: Future[Any] = self._pool.schedule(function, args=args, timeout=self._limits.seconds)
        return future

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except TimeoutError:
            raise LimitError("timeout", f"not done in {self._limits.seconds:g} s") from None
        except MemoryError:
            raise LimitError("memory", f"more than {self._limits.memory_bytes:,} bytes") from None
        except ProcessExpired as error:
            raise LimitError("crash", f"the worker ended with {error.exitcode}") from None
        except BrokenProcessPool as error:  # the next piece of work gets a new pool
            self.close()
            raise LimitError("crash", f"no worker could be kept: {error}") from None

    def close(self) -> None:
        """Stop the workers."""
        if self._pool is not None:
            self._pool.stop()  # type: ignore[no-untyped-call]
            self._pool.join()
            self._pool = None


def _bound_memory(memory_bytes: int) -> None:
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})  # the pool ends a worker by it
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
