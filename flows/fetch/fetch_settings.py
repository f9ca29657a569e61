"""Limits and manners of requests, those of a polite stranger; an operator sets some of them (flows/settings.py)."""

from dataclasses import dataclass
from typing import Literal

MEGABYTE = 1_000_000
AGENT_TOKEN = "Copydesk"  # noqa: S105 - no secret
"""By which robots.txt names us: a product token of RFC 9309."""


@dataclass(frozen=True, slots=True)
class FetchSettings:
    """Limits and manners of all requests.

    `deadline_seconds` bounds one response from dialling to its last byte, however slowly it drips.
    `delay_seconds` is the pause between two requests to a public host; hosts opened by
    `allow_private_hosts` are the operator's own and get none. `tdm` is honour, record or ignore.
    """

    contact: str = ""
    allow_private_hosts: frozenset[str] = frozenset()
    deadline_seconds: float = 30.0
    connect_seconds: float = 10.0
    max_header_bytes: int = 64 * 1024
    max_page_bytes: int = 20 * MEGABYTE
    max_listing_bytes: int = 100 * MEGABYTE
    max_redirects: int = 5
    attempts: int = 3
    max_wait_seconds: float = 60.0
    delay_seconds: float = 1.0
    requests_per_host: int = 1
    requests_at_once: int = 256
    tdm: Literal["honour", "record", "ignore"] = "honour"

    @property
    def user_agent(self) -> str:
        """Who we are and whom to write to, in the form that site owners know."""
        return f"{AGENT_TOKEN}/1.0 (+{self.contact})" if self.contact else f"{AGENT_TOKEN}/1.0"
