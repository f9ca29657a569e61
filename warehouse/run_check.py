"""Runs one check against an open warehouse."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import duckdb
import pyarrow as pa

from copydesk.schemas.user_error import UserError
from copydesk.warehouse.judge_query import QueryError, first_line, judge_query

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


BATCH_ROWS = 10_000

UNREADABLE = (duckdb.Error, pa.ArrowException, UnicodeDecodeError, OSError, MemoryError)
"""What comes of tables whose files are gone or damaged."""

MISTAKES = (
    duckdb.ParserException,
    duckdb.BinderException,
    duckdb.CatalogException,
    duckdb.ConversionException,
)
"""What the writer of a check can mend."""


def run_check(con: duckdb.DuckDBPyConnection, check: Check, parameters: Mapping[str, Any]) -> CheckResult:
    """Return what breaks the law of a check: the number of rows, and the first of them.

    A check binds what it names of the parameters ($now, $runs, $threshold). One that cannot run is broken, and says
    why; raises UserError for a mistake in one of the user's.
    """
    started = time.perf_counter()
    count, problem = 0, None
    shown: tuple[dict[str, str], ...] = ()
    try:
        count, shown = _offenders(con, check, parameters)
    except UNREADABLE as error:
        if check.origin != "packaged" and isinstance(error, MISTAKES):
            raise UserError(f"{check.origin}: {first_line(error)}") from error
        problem = first_line(error)
    return CheckResult(
        check.name,
        check.law,
        check.severity,
        count,
        shown,
        time.perf_counter() - started,
        check.threshold,
        problem,
    )


def _offenders(
    con: duckdb.DuckDBPyConnection, check: Check, parameters: Mapping[str, Any]
) -> tuple[int, tuple[dict[str, str], ...]]:
    bound = _bind(con, check, {**parameters, "threshold": check.threshold})
    count, shown = 0, list[dict[str, str]]()
    for batch in con.execute(check.sql, bound).to_arrow_reader(BATCH_ROWS):
        missing = SHOWN_OFFENDERS - len(shown)
        rows = batch.slice(0, max(missing, 0)).to_pylist()
        shown += [
            {name: "null" if value is None else str(value) for name, value in row.items()} for row in rows
        ]
        count += batch.num_rows
    return count, tuple(shown)


def _bind(con: duckdb.DuckDBPyConnection, check: Check, known: Mapping[str, Any]) -> dict[str, Any]:
    statements = con.extract_statements(check.sql)
    if len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT:
        raise UserError(f"{check.origin}: a check is one SELECT of offenders")
    if check.origin != "packaged":
        try:
            judge_query(con, check.sql)
        except QueryError as error:
            raise UserError(f"{check.origin}: {error}") from error
    wanted = statements[0].named_parameters
    unknown = {name for name in wanted if known.get(name) is None}
    if unknown:
        raise UserError(f"{check.origin}: nothing to bind to {', '.join(sorted(unknown))}")
    return {name: known[name] for name in wanted}
