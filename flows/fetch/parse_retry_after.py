"""Enters: a Retry-After header. Leaves: seconds from now."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

MAX_WAIT_SECONDS = 7 * 86_400.0
"""Nobody who wants fewer requests names a longer wait: one page that says `2100` would close its host for good."""


def parse_retry_after(value: str | None, *, now: datetime) -> float | None:
    """Read seconds or an HTTP date (RFC 9110, 10.2.3); null where it says neither, or more than a week."""
    seconds = _seconds((value or "").strip(), now)
    return seconds if seconds is not None and seconds <= MAX_WAIT_SECONDS else None


def _seconds(text: str, now: datetime) -> float | None:
    if text.isascii() and text.isdigit():
        return float(text[:20])
    try:
        until = parsedate_to_datetime(text)
    except (ValueError, OverflowError, TypeError, IndexError):  # all of them come of dates in the wild
        return None
    if until.tzinfo is None:
        until = until.replace(tzinfo=UTC)
    return max(0.0, (until - now).total_seconds())
