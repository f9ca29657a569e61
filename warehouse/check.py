"""Makes all checks of a warehouse. Needs no Prefect, so that a job's page has its answer at once."""

from collections.abc import Collection, Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb

from copydesk.schemas.user_error import UserError
from copydesk.warehouse.ask import lock_down
from copydesk.warehouse.check_files import check_files
from copydesk.warehouse.judge_query import first_line
from copydesk.warehouse.place import Place
from copydesk.warehouse.read_checks import read_checks
from copydesk.warehouse.run_check import UNREADABLE, Check, CheckResult, run_check
from copydesk.warehouse.schema_checks import schema_checks

LATEST_RUN = """
    select run_id from runs where run_id in (select run_id from revisions) order by started_at desc limit 1
"""


def check(
    con: duckdb.DuckDBPyConnection,
    *,
    now: datetime,
    folders: Iterable[Path] = (),
    since_run: str | None = None,
    place: Place | None = None,
    only: Collection[str] = (),
) -> list[CheckResult]:
    """Return the outcome of every check, in order of name.

    Laws that must read each text look at the runs from `since_run` on, else at the latest run; all others
    look at everything. With a `place` the files are read too, and first: a damaged one can end the connection. With
    `only`, the checks of those names are made. Raises UserError for a run that is not there, and a check
    of the user's that cannot run.
    """
    if place is not None:
        lock_down(con, place)  # a check of a user's own is a query like any other
    results = [] if place is None else check_files(con, place, now=now)
    runs, problem = list[str](), None
    try:
        runs = _runs(con, since_run)
    except UNREADABLE as error:
        problem = first_line(error)
    checks = [each for each in read_checks(folders) + schema_checks(con) if not only or each.name in only]
    unmade = [each for each in checks if problem and "$runs" in each.sql]
    results += [_unmade(each, f"the runs in view cannot be read: {problem}") for each in unmade]
    parameters: dict[str, Any] = {"now": now, "runs": runs}
    results += [run_check(con, each, parameters) for each in checks if each not in unmade]
    return sorted(results, key=lambda result: result.name)


def _unmade(check: Check, problem: str) -> CheckResult:
    return CheckResult(check.name, check.law, check.severity, 0, (), 0.0, check.threshold, problem)


def _runs(con: duckdb.DuckDBPyConnection, since_run: str | None) -> list[str]:
    """Return the runs whose texts are read: from the given one on, or the latest that wrote any."""
    if since_run is None:
        return [row[0] for row in con.execute(LATEST_RUN).fetchall()]
    found = con.execute(
        "select run_id from runs where started_at >= (select started_at from runs where run_id = $run)"
        " order by started_at",
        {"run": since_run},
    ).fetchall()
    if not found:
        raise UserError(f"no run {since_run!r} in this warehouse; `copydesk runs` lists them")
    return [row[0] for row in found]
