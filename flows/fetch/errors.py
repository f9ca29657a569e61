"""Why an address gave no document: a closed set of reasons and the one exception that carries them."""

from enum import StrEnum


class FetchReason(StrEnum):
    """The reason that reaches url_states.reason and quarantine.reason."""

    BAD_URL = "bad_url"
    PRIVATE_ADDRESS = "private_address"
    ROBOTS_FORBIDDEN = "robots_forbidden"
    ROBOTS_UNREACHABLE = "robots_unreachable"
    TDM_RESERVED = "tdm_reserved"
    NO_SUCH_HOST = "no_such_host"
    NOT_CONNECTED = "not_connected"
    PROXY_FAILED = "proxy_failed"
    TLS_FAILED = "tls_failed"
    DEADLINE = "deadline"
    BROKEN_PROTOCOL = "broken_protocol"
    HEADER_TOO_LARGE = "header_too_large"
    BODY_TOO_LARGE = "body_too_large"
    TRUNCATED = "truncated"
    BROKEN_ENCODING = "broken_encoding"
    REDIRECT_LIMIT = "redirect_limit"
    CONTENT_TYPE = "content_type"
    HTTP_STATUS = "http_status"
    GONE = "gone"
    RETRY_LATER = "retry_later"
    SAME_PAGE = "same_page"
    NO_PAGE = "no_page"
    FOREIGN_HOST = "foreign_host"


PASSING = frozenset(
    {
        FetchReason.NO_SUCH_HOST,
        FetchReason.NOT_CONNECTED,
        FetchReason.PROXY_FAILED,
        FetchReason.BROKEN_PROTOCOL,
        FetchReason.TRUNCATED,
        FetchReason.BROKEN_ENCODING,
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
        reason: FetchReason,
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
