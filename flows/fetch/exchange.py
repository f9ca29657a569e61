"""The records of an exchange with a server: what is asked for, what came back, what it cost."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO
from typing import BinaryIO

from copydesk.flows.fetch.address import Login
from copydesk.flows.fetch.session import Session


@dataclass(slots=True)
class Tally:
    """What somebody's requests came to, counted while they are made."""

    requests_count: int = 0
    received_bytes: int = 0


@dataclass(frozen=True, slots=True)
class HttpRequest:
    """What is asked for. Null media types take all; null pause and places leave them to the settings.

    The decoded body goes where `sink` opens; whoever gives one closes it.
    """

    url: str
    media_types: frozenset[str] | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    max_bytes: int | None = None
    delay_seconds: float | None = None
    requests_per_host: int | None = None
    tally: Tally = field(default_factory=Tally)
    sink: Callable[[], BinaryIO] = BytesIO
    login: Login | None = None
    session: Session = field(default_factory=Session)


@dataclass(frozen=True, slots=True)
class ResponseHead:
    """Status and headers of a response; names in lower case, repeated ones joined by a comma."""

    status: int
    headers: dict[str, str]


@dataclass(slots=True)
class HttpResponse:
    """A response received whole and decoded; status 200, 203, or 304 with an empty body."""

    url: str
    final_url: str
    status: int
    headers: dict[str, str]
    file: BinaryIO
    body_sha256: str
    fetched_at: datetime
    robots_decision: str = ""

    @property
    def body(self) -> bytes:
        """The whole decoded body."""
        self.file.seek(0)
        return self.file.read()
