"""Makes all checks of a warehouse: ours, and those of a newsroom's own folders. Needs no Prefect.

A file of SQL gives a law, its severity and threshold, and the SELECT that finds offenders.
"""

import re
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
from copydesk.warehouse.read_sql import read_sql
from copydesk.warehouse.run_check import UNREADABLE, Check, CheckResult, run_check
from copydesk.warehouse.schema_checks import schema_checks

LATEST_RUN = """
    select run_id from runs where run_id in (select run_id from revisions) order by started_at desc limit 1
"""
CHECKS = Path(__file__).parent / "checks"
SEVERITIES = ("error", "warn")
KEY = re.compile(r"(severity|threshold):\s*(\S+)")


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
    known = read_checks(folders)  # what is wrong with a user's own is told before all files are read
    if place is not None:
        lock_down(con, place)  # a check of a user's own is a query like any other
    results = [] if place is None else check_files(con, place, now=now)
    runs, problem = list[str](), None
    try:
        runs = _runs(con, since_run)
    except UNREADABLE as error:
        problem = first_line(error)
    checks = [each for each in known + schema_checks(con) if not only or each.name in only]
    unmade = [each for each in checks if problem and "$runs" in each.sql]
    told = f"the runs in view cannot be read: {problem}"
    results += [
        CheckResult(each.name, each.law, each.severity, 0, (), 0.0, each.threshold, told) for each in unmade
    ]
    parameters: dict[str, Any] = {"now": now, "runs": runs}
    results += [run_check(con, each, parameters) for each in checks if each not in unmade]
    return sorted(results, key=lambda result: result.name)


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


def read_checks(folders: Iterable[Path] = ()) -> list[Check]:
    """Return all checks by name; one in a given folder takes the place of ours of the same name.

    Raises UserError for a folder that does not exist or a file that cannot be used.
    """
    found = {file.stem: read_check(file) for file in sorted(CHECKS.glob("*.sql"))}
    for folder in folders:
        if not folder.is_dir():
            raise UserError(f"{folder}: no such folder of checks")
        for file in sorted(folder.glob("*.sql")):
            found[file.stem] = read_check(file, origin=str(file))
    return [found[name] for name in sorted(found)]


def read_check(file: Path, *, origin: str = "packaged") -> Check:
    """Return the check of an SQL file.

    The leading comment lines hold the law; among them may stand `severity: error` or `warn` and
    `threshold: <number>`, each with a remark after it. Raises UserError for anything else.
    """
    try:
        comments, sql = read_sql(file)
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(f"{file}: cannot be read: {error}") from error
    keys: dict[str, str] = {match[1]: match[2] for match in map(KEY.match, comments) if match}
    law = " ".join(line for line in comments if not KEY.match(line)).strip()
    severity = keys.get("severity", "error")
    if not law:
        raise UserError(f"{file}: its first comment must say the law, as in `-- Every body has words.`")
    if severity not in SEVERITIES:
        raise UserError(f"{file}: severity is {severity!r}, expected error or warn")
    if not sql:
        raise UserError(f"{file}: no SELECT below the comments")
    return Check(file.stem, law, severity, sql, _number(file, keys.get("threshold")), origin)


def _number(file: Path, text: str | None) -> float | None:
    if text is None:
        return None
    try:
        return float(text)
    except ValueError:
        raise UserError(f"{file}: threshold is {text!r}, expected a number") from None
