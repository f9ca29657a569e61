"""The record of what stands before a body."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Head:
    """Status and headers of an answer; names in lower case, repeated ones joined by a comma."""

    status: int
    headers: dict[str, str]
