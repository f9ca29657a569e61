"""Enters: the head of a response. Leaves: whether its body is worth reading, or the reason why not."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from copydesk.flows.fetch.address import Address, parse_address
from copydesk.flows.fetch.errors import FetchError
from copydesk.flows.fetch.exchange import ResponseHead
from copydesk.schemas.reasons import Reason

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_GONE = frozenset({404, 410})
_TROUBLE = frozenset({408, 425, 429, 500, 502, 503, 504})
MAX_WAIT_SECONDS = 7 * 86_400.0
"""Nobody who wants fewer requests names a longer wait: one page that says `2100` would close its host for good."""

_NAMELESS = frozenset({"", "application/octet-stream", "binary/octet-stream", "unknown/unknown"})


def redirect_target(head: ResponseHead, address: Address) -> Address | None:
    """Return where a response sends us, checked like every address; null where it is no redirect."""
    location = head.headers.get("location")
    if head.status not in _REDIRECTS or not location:
        return None
    # Servers write the header in UTF-8 though HTTP reads it as Latin-1.
    raw = location.encode("latin-1", "replace").decode("utf-8", "replace")
    return parse_address(raw, base=address.url)


def check_response(
    head: ResponseHead, address: Address, *, media_types: frozenset[str] | None, now: datetime
) -> None:
    """Raise unless the response is a whole document (200, 203) of a wanted type, or 304."""
    status = head.status
    if status == 304:
        return
    if status not in {200, 203}:
        wait = parse_retry_after(head.headers.get("retry-after"), now=now) if status in {429, 503} else None
        reason = Reason.GONE if status in _GONE else Reason.HTTP_STATUS
        detail = f"{address.url} answered {status}"
        raise FetchError(reason, detail, status=status, wait_seconds=wait, is_passing=status in _TROUBLE)
    media_type = media_type_of(head.headers)
    if media_types is not None and media_type not in _NAMELESS and media_type not in media_types:
        raise FetchError(Reason.CONTENT_TYPE, f"{address.url} is {media_type[:80]}", status=status)


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


def media_type_of(headers: dict[str, str]) -> str:
    """Return the media type in lower case, without parameters; empty where none is given."""
    return headers.get("content-type", "").partition(";")[0].partition(",")[0].strip().lower()


def charset_of(headers: dict[str, str]) -> str | None:
    """Return the charset parameter of the media type, null where none is given."""
    for part in headers.get("content-type", "").split(";")[1:]:
        name, _, value = part.partition("=")
        if name.strip().lower() == "charset":
            return value.strip(" \"'").lower()[:40] or None
    return None
