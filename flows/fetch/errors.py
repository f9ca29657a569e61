"""The one exception that says why an address gave no document."""

from copydesk.schemas.reasons import Reason

PASSING = frozenset(
    {
        Reason.NO_SUCH_HOST,
        Reason.NOT_CONNECTED,
        Reason.PROXY_FAILED,
        Reason.BROKEN_PROTOCOL,
        Reason.TRUNCATED,
        Reason.BROKEN_ENCODING,
    }
)
"""Faults that may be gone a moment later, so that the same run tries again.

A missed deadline is not among them: a host that drips would hold the run once per attempt.
"""


class FetchError(Exception):
    """An address that gave no document.

    `wait_seconds` is what the server asked for (Retry-After); `status` the HTTP status, where there was one.
    """

    def __init__(
        self,
        reason: Reason,
        detail: str,
        *,
        status: int | None = None,
        wait_seconds: float | None = None,
        is_passing: bool | None = None,
    ) -> None:
        super().__init__(f"{reason.value}: {detail}")
        self.reason = reason
        self.detail = detail
        self.status = status
        self.wait_seconds = wait_seconds
        self.is_passing = reason in PASSING if is_passing is None else is_passing
