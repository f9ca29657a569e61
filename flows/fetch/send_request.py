"""Enters: an open stream, a target and headers. Leaves: one GET request on its way."""

from collections.abc import Mapping

from flows.fetch.errors import FetchError, FetchReason
from flows.fetch.stream import Stream


def send_request(stream: Stream, *, target: str, headers: Mapping[str, str]) -> None:
    """Write one GET request; refuse headers or a target that would be more than one line."""
    lines = [f"GET {target} HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items())]
    if any("\r" in line or "\n" in line for line in lines):
        raise FetchError(FetchReason.BAD_URL, "a header or the address holds a line break")
    stream.ask("\r\n".join([*lines, "", ""]).encode("latin-1", "replace"))
