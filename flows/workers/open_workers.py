"""Opens worker processes: each has a thread here that hands it one piece of work after the other."""

import multiprocessing
import os
import signal
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Future
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from multiprocessing import forkserver, resource_tracker
from multiprocessing.context import ForkServerContext, SpawnContext
from queue import SimpleQueue
from threading import Thread
from typing import Any

from copydesk.flows.stopping import SIGNALS
from copydesk.flows.workers.do_work import Setup
from copydesk.flows.workers.limits import Limits
from copydesk.flows.workers.worker import Failure, Worker

WARM = "copydesk.flows.workers.warm_worker"
"""What the process that workers are forked from imports."""


LONGEST_BYTES = 70
"""In a folder with a longer name stands no socket: its name has up to 103 bytes, 32 of them below that folder."""


@dataclass(frozen=True, slots=True)
class Work:
    """A piece of work and where its result goes; `needs_new` asks for a process that has done nothing else yet."""

    function: Callable[..., Any]
    arguments: tuple[Any, ...]
    needs_new: bool
    future: "Future[Any]" = field(default_factory=Future)


class Workers:
    """`count` processes that work side by side. One that dies is replaced, and only its own work is touched by it."""

    def __init__(self, count: int, setup: Setup) -> None:
        self.count = count
        self._setup = setup
        self._queue: SimpleQueue[Work | None] = SimpleQueue()
        self._running: dict[int, Worker] = {}
        self._is_closed = False
        self._threads = [Thread(target=self._serve, args=(place,), daemon=True) for place in range(count)]
        for thread in self._threads:
            thread.start()

    def submit(
        self, function: Callable[..., Any], *arguments: Any, needs_new: bool = False
    ) -> "Future[Any | Failure]":
        """Let a worker call a module-level function; the future holds what it gives, or a Failure."""
        self._context  # noqa: B018 - the server starts in the thread that takes signals, and not before it is needed
        work = Work(function, arguments, needs_new)
        self._queue.put(work)
        return work.future

    def rest(self) -> None:
        """End the workers while there is nothing for them to do, and what they hold; the next work starts new ones."""
        for place in list(self._running):
            if worker := self._running.pop(place, None):
                worker.end()

    def close(self) -> None:
        """End all workers, whatever they do."""
        self._is_closed = True
        for _ in self._threads:
            self._queue.put(None)
        for worker in list(self._running.values()):
            worker.kill()
        for thread in self._threads:
            thread.join()

    @cached_property
    def _context(self) -> ForkServerContext | SpawnContext:
        """Fork workers from a server that has loaded what they need; a fork of this process would copy threads."""
        if "forkserver" not in multiprocessing.get_all_start_methods():
            return multiprocessing.get_context("spawn")
        start_fork_server()
        return multiprocessing.get_context("forkserver")

    def _serve(self, place: int) -> None:
        """Do what is in the queue with the process of this place."""
        while (work := self._queue.get()) is not None and not self._is_closed:
            if not work.future.set_running_or_notify_cancel():
                continue  # nobody waits for it any more
            try:
                work.future.set_result(self._do(place, work))
            except BaseException as error:  # noqa: BLE001 - it is raised where the result is asked for
                work.future.set_exception(error)
        if place in self._running:
            self._running.pop(place).end()

    def _do(self, place: int, work: Work) -> Any | Failure:
        worker = self._running.get(place)
        if worker is not None and work.needs_new and not worker.is_new:
            self._running.pop(place).end()
            worker = None
        if worker is None:
            worker = self._running[place] = Worker(self._context, self._setup)
            if not self._is_closed:
                self._get_ready(place, worker)
        if self._is_closed:  # while it started
            raise CancelledError
        result = worker.run(work.function, work.arguments)
        if isinstance(result, Failure):
            self._running.pop(place, None)
        return result

    def _get_ready(self, place: int, worker: Worker) -> None:
        try:
            worker.get_ready()
        except BaseException:
            del self._running[place]
            worker.end()
            raise


@contextmanager
def open_workers(
    *,
    count: int,
    limits: Limits,
    initializer: Callable[..., None] | None = None,
    arguments: tuple[Any, ...] = (),
) -> Iterator[Workers]:
    """Give `count` workers (0: one per usable processor) that each called `initializer(*arguments)` once.

    A worker starts with its first work and ends with the block.
    """
    workers = Workers(count or usable_cpus(), Setup(limits, initializer, arguments))
    try:
        yield workers
    finally:
        workers.close()


def usable_cpus() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def start_fork_server() -> None:
    """Start what workers are forked from, where it does not run yet: one a process, warm for every kind of worker.

    A terminal and a service manager signal every process of a command. This one and its workers hear nothing of it:
    the command ends them, and it alone says so.
    """
    multiprocessing.get_context("forkserver").set_forkserver_preload([WARM])
    folder, before = tempfile.gettempdir(), signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)
    try:
        if len(os.fsencode(folder)) > LONGEST_BYTES:
            tempfile.tempdir = "/tmp"  # noqa: S108 - a folder of its own is made in it
        resource_tracker.ensure_running()  # by itself: its start lets some of these signals in again
        signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)
        forkserver.ensure_running()
    finally:
        tempfile.tempdir = folder
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
