"""What a reader or fetcher yields: a document as it came, or a refusal that becomes a quarantine row."""

import re
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from copydesk.schemas.reasons import Reason


@dataclass(frozen=True, slots=True)
class RawDocument:
    """One payload, byte for byte, with where and when it came from and what its carrier says of it."""

    source_id: str
    origin: str
    payload: bytes
    media_type: str
    fetched_at: datetime
    line: int | None = None
    charset: str | None = None
    encoding: str | None = None
    """The user's word for the charset; part of what the document is, so that another word is another try."""
    url: str | None = None
    external_id: str | None = None
    title: str | None = None
    authors: tuple[str, ...] = ()
    language: str | None = None
    publisher: str | None = None
    published_at: str | None = None
    timezone: str | None = None
    """The user's word for the zone of times that name none; part of what the document is, as its encoding is."""
    http_status: int | None = None
    http_headers: dict[str, str] = field(default_factory=dict)
    feed_metadata: dict[str, Any] | None = None
    licence: str | None = None
    robots_decision: str | None = None
    extra: dict[str, Any] = field(default_factory=dict)
    """Columns that the user keeps; part of what the document is, so that other columns are another try."""


@dataclass(frozen=True, slots=True)
class Refused:
    """What could not be taken as a document: where it stood, a short reason, and the finding in words."""

    source_id: str
    origin: str
    reason: Reason
    detail: str
    fetched_at: datetime
    line: int | None = None
    payload: bytes | None = None
    step: str = "read"
    url: str | None = None


Arrival = RawDocument | Refused

UNREADABLE = frozenset({Reason.UNREADABLE_FILE, Reason.UNREADABLE_FOLDER})
"""Reasons that say nothing of what stands there: each run asks again, and tells it as long as it lasts."""

_STRANGE = re.compile("[\udc80-\udcff]")
_LOOKS_ESCAPED = re.compile(r"\\(?=(?:x5C)*x[89A-F][0-9A-F])")


def origin_text(name: str) -> str:
    r"""Return a file's name as text that UTF-8 holds: `name` is as the system gives it (os.fsdecode).

    A byte that is no UTF-8 becomes \xE9, a name that holds such characters itself \x5CxE9; all others stay as
    they are, so that no two names give one text.
    """
    escaped = _LOOKS_ESCAPED.sub(r"\\x5C", name)
    return _STRANGE.sub(lambda found: f"\\x{ord(found[0]) - 0xDC00:02X}", escaped)
