"""What a check is and what came of it."""

from collections.abc import Mapping
from dataclasses import dataclass

SHOWN_OFFENDERS = 20
"""More than this many rows help nobody at a prompt or on a job page; the check's SQL gives the rest."""


@dataclass(frozen=True, slots=True)
class Check:
    """A law about the tables. `sql` returns the offenders; `threshold` is bound to it where it names one."""

    name: str
    law: str
    severity: str
    sql: str
    threshold: float | None = None
    origin: str = "packaged"


@dataclass(frozen=True, slots=True)
class CheckResult:
    """The outcome of one check: how many rows break the law, and the first of them as text by column.

    `problem` says why the check could not be made; it counts as broken. `note` says what it left out.
    """

    name: str
    law: str
    severity: str
    offenders_count: int
    offenders: tuple[Mapping[str, str], ...]
    seconds: float
    threshold: float | None = None
    problem: str | None = None
    note: str | None = None

    @property
    def is_passed(self) -> bool:
        """Whether the law holds."""
        return self.offenders_count == 0 and self.problem is None
