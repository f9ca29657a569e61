"""The days of a back-fill."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Period:
    """The days of a back-fill, both ends belonging to it; null ends are open."""

    since: datetime | None = None
    until: datetime | None = None

    @property
    def is_bounded(self) -> bool:
        """Whether this is a back-fill at all."""
        return self.since is not None or self.until is not None

    def holds(self, moment: datetime) -> bool:
        """Tell whether a moment lies within."""
        return (self.since is None or moment >= self.since) and (self.until is None or moment <= self.until)


ALWAYS = Period()
