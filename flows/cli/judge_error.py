"""Tells whose fault an error is: the user's, the machine's with its first cause and what to do, or ours."""

import errno
import re
import sqlite3
import traceback
from dataclasses import dataclass
from pathlib import Path

from typer.exceptions import TyperException

from copydesk.flows.cli.hint import pasteable
from copydesk.flows.plain_fault import plain_fault
from copydesk.flows.report.visible import visible
from copydesk.schemas.user_error import UserError
from copydesk.warehouse.damage import DamagedWarehouseError, damage_of
from copydesk.warehouse.judge_query import QueryError

USER_ERRORS = (UserError, DamagedWarehouseError, FileNotFoundError, FileExistsError, IsADirectoryError,
               NotADirectoryError)  # fmt: skip
"""Their message tells the user what was given, what was expected, what to do."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a person is told in one line, the exit code, and the traceback where the fault is ours."""

    line: str
    code: int
    details: str = ""


def judge_error(error: BaseException) -> Verdict:
    """Judge an error that ended a command: 2 for a mistake or a damaged warehouse, 1 for any other fault."""
    if isinstance(error, TyperException):
        return _said(error)
    if isinstance(error, QueryError):
        first, _, rest = str(error).partition("\n")
        return Verdict(first, 2, visible(f"{rest}\n" if rest else ""))
    if isinstance(error, USER_ERRORS) or _is_no_place(error):
        return Verdict(pasteable(_sentence(error)), 2)
    if damage := damage_of(error):
        return Verdict(pasteable(damage), 2)
    fault = machine_fault(error)
    if fault is not None:
        return Verdict(fault, 1)
    line = (
        f"this is a bug of copydesk, please report it with the lines below: {type(error).__name__}: {error}"
    )
    return Verdict(line, 1, "".join(traceback.format_exception(error)))


def _is_no_place(error: BaseException) -> bool:
    """Return whether a path leads nowhere: it is too long, or its links go round, for which Python has no class."""
    goes_round = isinstance(error, RuntimeError) and str(error).startswith("Symlink loop from")
    return goes_round or getattr(error, "errno", None) in {errno.ELOOP, errno.ENAMETOOLONG}


def _said(error: TyperException) -> Verdict:
    """Return the message of a usage error; the help where no command was given."""
    if type(error).__name__ == "NoArgsIsHelpError":  # which Typer has in no public place
        return Verdict("no command given; there are these", 2, f"\n{error}\n")
    message = plain_fault(getattr(error, "format_message", error.__str__)())
    return Verdict(f"{message} (--help tells more)", 2)


def _sentence(error: BaseException) -> str:
    """Return what an error says; of a file that is not there, its name first, unless the place to look is gone."""
    if isinstance(error, FileNotFoundError) and _is_nowhere():
        return "the folder that you are in is gone; change to one that is there, then run again"
    if isinstance(error, OSError) and error.filename:
        return f"{error.filename}: {error.strerror}"
    return str(error)


def _is_nowhere() -> bool:
    """Return whether the folder that this process is in has gone."""
    try:
        return not Path.cwd()
    except FileNotFoundError:
        return True


LOCKED = "close what holds it open, or wait for it, then run again"
FULL = "free some space, then run again: it goes on where this run stopped"
FORBIDDEN = "give this user the right to it, or choose another place"
CAUSES = (
    (
        r"password authentication failed|no password supplied|role .* does not exist",
        "the catalog refuses the login",
        "see COPYDESK_CATALOG",
    ),
    (
        r"database .* does not exist",
        "the catalog's server has no such database",
        "see dbname in COPYDESK_CATALOG, or make it with createdb",
    ),
    (
        r"connect to Postgres|connection to server|could not translate host name|server closed the connection",
        "the catalog's PostgreSQL server does not answer",
        "see COPYDESK_CATALOG, and whether the server runs",
    ),
    (
        r"Could not (connect to server|resolve hostname) error|HTTP 5\d\d",
        "the store of the files does not answer",
        "see COPYDESK_S3_ENDPOINT, and whether the store runs",
    ),
    (r"HTTP 403", "the store refuses the keys", "see COPYDESK_S3_KEY, and what that key may do"),
    (
        r"database is locked|database table is locked|Could not set lock|Conflicting lock",
        "the catalog is locked by another process",
        LOCKED,
    ),
    (
        r"No space left on device|disk is full|File too large|Disk quota exceeded|out of disk",
        "the disk is full",
        FULL,
    ),
    (r"Read-only file system", "the disk can only be read", "choose another place"),
    (
        r"readonly database|Permission denied|Operation not permitted|unable to open database",
        "permission denied",
        FORBIDDEN,
    ),
    (r"transaction conflict", "another run wrote the same rows meanwhile", "run again"),
    (
        r"disk I/O error|Input/output error",
        "the disk could not be read or written",
        "see whether it is full or failing, then run again",
    ),
    (
        r"Out of Memory|could not allocate|Cannot allocate memory",
        "the memory did not suffice",
        "free some, or set COPYDESK_DATABASE_MEMORY, then run again",
    ),
    (r"Too many open files", "too many files are open", "raise the limit (ulimit -n), then run again"),
)
"""What DuckDB, SQLite, libpq and the system say of a fault; what that means; what to do. The first that fits counts."""

MOST_CHARS = 300


def machine_fault(error: BaseException) -> str | None:
    """Return the sentence for an error that the machine is to blame for; null for any other."""
    from copydesk.flows.workers.worker import WorkersError
    from copydesk.warehouse.lease import LeaseHeldError

    if isinstance(error, LeaseHeldError | WorkersError):
        return str(error)
    import duckdb

    kinds: list[type[BaseException]] = [OSError, MemoryError, sqlite3.DatabaseError, duckdb.OperationalError]
    kinds += [duckdb.TransactionException, duckdb.PermissionException, duckdb.FatalException]
    # Extensions raise DuckDB's nameless error for what their own database did.
    is_machines = isinstance(error, tuple(kinds)) or type(error) is duckdb.Error
    if not (is_machines or isinstance(error, duckdb.Error)):
        return None  # of DuckDB's whatever class: a lost server shows as an error of binding, too
    said = str(error).strip() or type(error).__name__
    for pattern, meaning, advice in CAUSES:
        for line in said.splitlines():
            if found := re.search(pattern, line, re.IGNORECASE):
                told = ", ".join((meaning, *getattr(error, "__notes__", ())))
                return f"{told}; {advice} ({_around(line, found)})"
    if not is_machines:
        return None
    return f"the machine failed; run again ({' '.join(said.split())[:MOST_CHARS]})"


def _around(line: str, found: "re.Match[str]") -> str:
    """Return the piece of a message that holds the cause, in whole words; it may quote a whole statement before."""
    start, end = max(0, found.start() - MOST_CHARS // 2), found.end() + MOST_CHARS // 2
    before = line[start : found.start()]
    after = line[found.end() : end]
    if start:
        before = f"... {before.partition(' ')[2]}"
    if end < len(line):
        after = f"{after.rpartition(' ')[0]} ..."
    return f"{before}{found.group()}{after}".strip()
