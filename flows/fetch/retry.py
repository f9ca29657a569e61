"""Does again what failed for a reason that may pass, after growing pauses or the one that the server asks for."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import TypeVar

import stamina
import stamina.instrumentation

from copydesk.flows.fetch.errors import FetchError

Answer = TypeVar("Answer")


async def retry(work: Callable[[], Awaitable[Answer]], *, attempts: int) -> Answer:
    """Do the work, at most so many times; stamina is asked only once something went wrong. Raises FetchError."""
    try:
        return await work()
    except FetchError as error:
        if not error.is_passing or attempts < 2:
            raise
        first = error
    # A retry is in the report of its source; stamina would also write a line to the terminal for each.
    stamina.instrumentation.set_on_retry_hooks([])
    async for attempt in stamina.retry_context(
        on=_backoff, attempts=attempts, timeout=None, wait_initial=0.5, wait_max=30.0
    ):
        with attempt:
            if attempt.num == 1:
                raise first
            return await work()
    raise AssertionError("an attempt either returns or raises")


def _backoff(error: Exception) -> bool | timedelta:
    """Tell stamina whether to try again, and when the server said so, after how long."""
    if not isinstance(error, FetchError) or not error.is_passing:
        return False
    return timedelta(seconds=error.wait_seconds) if error.wait_seconds else True
