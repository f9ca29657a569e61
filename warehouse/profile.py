"""Measures statements: what each costs the processor, and how many rows of tables and files it reads."""

import json
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import duckdb


@dataclass(slots=True)
class Cost:
    """Of all calls of a statement in one step: how many, processor seconds of this process, rows that scans gave."""

    calls: int = 0
    seconds: float = 0.0
    rows: int = 0


Costs = dict[tuple[str, str], Cost]
"""By step and statement."""


class Profile:
    """A connection that measures what is executed on it, under the step that `step` names then."""

    def __init__(self, con: duckdb.DuckDBPyConnection, step: Callable[[], str]) -> None:
        self._con, self._step = con, step
        self._costs: Costs = defaultdict(Cost)
        self._cost = Cost()
        con.execute("pragma enable_profiling = 'no_output'")

    def execute(self, query: str, *values: Any) -> "Profile":
        """Execute a statement; what it reads is known when the next one comes, or `costs` are asked for."""
        self._count_rows()
        self._cost = self._costs[self._step(), " ".join(query.split())]
        self._cost.calls += 1
        self._timed(self._con.execute, query, *values)
        return self

    sql = execute

    def to_arrow_table(self) -> Any:
        """Return the rows, whose making may be most of the work."""
        return self._timed(self._con.to_arrow_table)

    def fetchall(self) -> Any:
        """Return the rows."""
        return self._timed(self._con.fetchall)

    def unregister(self, name: str) -> None:
        """Take a table back; after that nothing tells what the statement before has read."""
        self._count_rows()
        self._con.unregister(name)

    def costs(self) -> Costs:
        """Return what was measured so far."""
        self._count_rows()
        return dict(self._costs)

    def record(self, what: str, *, seconds: float, rows: int) -> None:
        """Add what was read past the database."""
        cost = self._costs[self._step(), what]
        cost.calls += 1
        cost.seconds += seconds
        cost.rows += rows

    def __getattr__(self, name: str) -> Any:
        return getattr(self._con, name)

    def _timed(self, function: Callable[..., Any], *given: Any) -> Any:
        start = time.process_time()
        try:
            return function(*given)
        finally:
            self._cost.seconds += time.process_time() - start

    def _count_rows(self) -> None:
        told = self._cost.calls and self._con.get_profiling_information(format="json")
        self._cost.rows += _scanned(json.loads(told)) if told else 0
        self._cost = Cost()


def _scanned(node: dict[str, Any]) -> int:
    own = node.get("operator_cardinality", 0) if "SCAN" in node.get("operator_type", "") else 0
    return own + sum(map(_scanned, node.get("children", [])))
