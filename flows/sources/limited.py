"""Run a function on untrusted bytes in a process of its own, with a limit on time and on memory."""

from collections.abc import Callable
from contextlib import ExitStack
from typing import Any, TypeVar

from copydesk.flows.workers.limits import Limits
from copydesk.flows.workers.open_workers import Workers, open_workers
from copydesk.flows.workers.worker import Failure
from copydesk.schemas.reasons import Reason

Result = TypeVar("Result")

_REASONS = {
    Reason.TIMEOUT: Reason.FEED_TIMEOUT,
    Reason.OUT_OF_MEMORY: Reason.FEED_MEMORY,
    Reason.CRASHED: Reason.FEED_CRASH,
}


class LimitError(Exception):
    """The work did not end well: `reason` is feed_timeout, feed_memory or feed_crash."""

    def __init__(self, reason: Reason, detail: str) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail


class LimitedPool:
    """Worker processes that start when first needed; one that dies is replaced, and its work alone is lost.

    Work is lost only when it has failed twice, the second time in a process that had done nothing before.
    """

    def __init__(self, *, workers: int = 1, limits: Limits | None = None) -> None:
        self._count = workers
        self._limits = limits or Limits()
        self._stack = ExitStack()
        self._workers: Workers | None = None

    async def run(self, function: Callable[..., Result], *args: Any) -> Result:
        """Return what the function returns; its own exceptions pass through, limits raise LimitError.

        No thread is held: many wait here while others still look up names and rows.
        """
        import asyncio

        result = await asyncio.wrap_future(self._open().submit(function, *args))
        if isinstance(result, Failure):
            result = await asyncio.wrap_future(self._open().submit(function, *args, needs_new=True))
        value: Result = _sound(result)
        return value

    def wait(self, function: Callable[..., Result], *args: Any) -> Result:
        """Return what the function returns, as `run` does, from outside a loop or where a loop may wait."""
        result = self._open().submit(function, *args).result()
        if isinstance(result, Failure):
            result = self._open().submit(function, *args, needs_new=True).result()
        value: Result = _sound(result)
        return value

    def close(self) -> None:
        """Stop the workers."""
        self._stack.close()
        self._workers = None

    def _open(self) -> Workers:
        if self._workers is None:
            workers = open_workers(count=self._count, limits=self._limits)
            self._workers = self._stack.enter_context(workers)
        return self._workers


def _sound(result: Any) -> Any:
    if isinstance(result, Failure):
        raise LimitError(_REASONS[result.reason], result.detail)
    return result
