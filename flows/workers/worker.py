"""The outside of a worker process: starts it, gives it work, and tells how it died."""

import signal
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from multiprocessing.context import ForkServerContext, SpawnContext
from threading import Lock
from typing import Any

from copydesk.flows.workers.do_work import Answer, Progress, Setup, do_work
from copydesk.flows.workers.limits import Limits
from copydesk.schemas.reasons import Reason

STUCK_FACTOR = 3
"""A process that its own clock has not ended after so many times its limit stands still, and is killed."""

_children = Lock()  # starting a child asks after all others, and how one ended can be asked only once


class WorkersError(RuntimeError):
    """No worker process can be started: no document's fault, and no other try would mend it."""


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a piece of work came to nothing, and to which step of which row it had come, as far as it said."""

    reason: Reason
    detail: str
    row: int | None = None
    step: str | None = None


class Worker:
    """A worker process. Starting it and `get_ready` raise WorkersError, the latter what its preparation raises, too."""

    def __init__(self, context: ForkServerContext | SpawnContext, setup: Setup) -> None:
        self.is_new = True
        self._limits = setup.limits
        self._connection, inner = context.Pipe()
        self._progress = Progress(context)
        with _children:
            arguments = (inner, setup, self._progress)
            self._process = context.Process(target=do_work, args=arguments, daemon=True)
            try:
                self._process.start()
            except (OSError, EOFError) as error:  # it, or what it is forked from, was killed meanwhile
                raise WorkersError(f"no worker process can be started: {error}; run again") from error
        inner.close()

    def get_ready(self) -> None:
        """Wait until it is prepared."""
        prepared = self._answer(None)
        if isinstance(prepared, Failure):
            raise WorkersError(
                f"no worker process can be started: it {prepared.detail}; "
                f"COPYDESK_WORKER_MEMORY_GB ({_gigabytes(self._limits)}) may be too little"
            )

    def run(self, function: Callable[..., Any], arguments: tuple[Any, ...]) -> Any | Failure:
        """Return what the function gives, or why it gave nothing: this worker has then ended.

        Exceptions of the function are raised here, but for a MemoryError: that is a Failure.
        """
        self.is_new = False
        with suppress(OSError):  # it died in the meantime, as the answer tells
            self._connection.send((function, arguments))
        return self._answer(STUCK_FACTOR * self._limits.wall_seconds)

    def kill(self) -> None:
        """Let the process die at once; whoever waits for its answer hears of it."""
        self._process.kill()

    def end(self) -> None:
        """Kill the process and wait until it is gone."""
        self.kill()
        self._wait()
        self._connection.close()

    def _answer(self, seconds: float | None) -> Any | Failure:
        """Return the value of the next answer, or why there is none; no step for so many seconds is no life."""
        message = self._receive(seconds)
        if isinstance(message, Answer):
            if message.error is None:
                return message.value
            if not isinstance(message.error, MemoryError):
                raise message.error
            message = Failure(Reason.OUT_OF_MEMORY, f"took more than {_gigabytes(self._limits)} GB")
        self.end()
        return replace(message, row=self._progress.row, step=self._progress.step)

    def _receive(self, seconds: float | None) -> Answer | Failure:
        try:
            before = None
            while not self._connection.poll(seconds):
                reached = (self._progress.row, self._progress.step)
                if reached == before:
                    return Failure(Reason.TIMEOUT, f"gave no sign of life for {seconds:g} s")
                before = reached
            message: Answer = self._connection.recv()
        except (EOFError, OSError):
            self._wait()
            return _ending(self._process.exitcode or 0, self._limits)
        return message

    def _wait(self) -> None:
        with _children:
            self._process.join()


def _ending(code: int, limits: Limits) -> Failure:
    """Say what the exit code of a dead process tells."""
    if code == -signal.SIGPROF:
        return Failure(Reason.TIMEOUT, f"took more than {limits.document_seconds:g} s of processor time")
    if code == -signal.SIGALRM:
        return Failure(Reason.TIMEOUT, f"was not done after {limits.wall_seconds:g} s")
    name = signal.Signals(-code).name if code < 0 else f"exit code {code}"
    return Failure(Reason.CRASHED, f"ended its process ({name})")


def _gigabytes(limits: Limits) -> str:
    return f"{limits.memory_bytes / 2**30:g}"
