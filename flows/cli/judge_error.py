"""Tells whose fault an error is: the user's, the machine's, or ours."""

import errno
import traceback
from dataclasses import dataclass

from typer.exceptions import TyperException

from copydesk.flows.cli.hint import pasteable
from copydesk.flows.cli.machine_fault import machine_fault
from copydesk.flows.plain_fault import plain_fault
from copydesk.flows.report.visible import visible
from copydesk.schemas.user_error import UserError
from copydesk.warehouse.damage import DamagedWarehouseError, damage_of
from copydesk.warehouse.judge_query import QueryError

USER_ERRORS = (UserError, DamagedWarehouseError, FileNotFoundError, FileExistsError, IsADirectoryError,
               NotADirectoryError)  # fmt: skip
"""Their message tells the user what was given, what was expected, what to do."""

IMPOSSIBLE = {errno.ELOOP, errno.ENAMETOOLONG}
"""What the system says of a path that it has no class of error for, and that no other run will find otherwise."""


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
    if isinstance(error, USER_ERRORS) or getattr(error, "errno", None) in IMPOSSIBLE:
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


def _said(error: TyperException) -> Verdict:
    """Return the message of a usage error; the help where no command was given."""
    if type(error).__name__ == "NoArgsIsHelpError":  # which Typer has in no public place
        return Verdict("no command given; there are these", 2, f"\n{error}\n")
    message = plain_fault(getattr(error, "format_message", error.__str__)())
    return Verdict(f"{message} (--help tells more)", 2)


def _sentence(error: BaseException) -> str:
    """Return what an error says; of a file that is not there, its name first."""
    if isinstance(error, OSError) and error.filename:
        return f"{error.filename}: {error.strerror}"
    return str(error)
