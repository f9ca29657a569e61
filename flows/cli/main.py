"""The door of the command: how each of its commands begins and ends.

What takes time to load is loaded inside, where signals are heard.
"""

import os
import sys
from contextlib import suppress
from typing import NoReturn

from flows.cli.open_streams import ReaderLeftError, open_streams
from flows.stopping import leaving_at_once, listening, said_of, stopped_by

SECRET_VARIABLES = ("AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "PGPASSWORD")


def main() -> None:
    """Run the command. Exit codes: 0 done, 1 found wanting or a fault of the machine, 2 wrong use, 128 + n a signal."""
    with listening():
        with leaving_at_once():
            open_streams()
            from flows.cli.commands import app
        try:
            code = int(app(standalone_mode=False) or 0)
            sys.stdout.flush()
        except BaseException as error:  # noqa: BLE001 - whatever it is, a person is told in one line
            _end_with(error)
        _end_if_stopped()
        _leave(code)


def _end_with(error: BaseException) -> NoReturn:
    _end_if_stopped()
    if isinstance(error, SystemExit) and isinstance(error.__context__, BrokenPipeError):
        error = error.__context__  # Typer and Rich make an exit of any broken pipe
    if isinstance(error, ReaderLeftError):
        _leave(0)
    if isinstance(error, SystemExit):
        raise error
    from flows.cli.judge_error import judge_error

    verdict = judge_error(error)
    _end(verdict.line, verdict.code, verdict.details)


def _end_if_stopped() -> None:
    """Leave as a shell expects it of a signal; Typer and Prefect make an exit or an error of their own of it."""
    number = stopped_by()
    if number is not None:
        _end(said_of(number), 128 + number)


def _end(line: str, code: int, details: str = "") -> NoReturn:
    """Say how it ended, in one line that names the command, and leave."""
    from flows.cli.plain import plain

    with suppress(OSError):
        sys.stderr.write(f"copydesk: {plain(' '.join(_hidden(line).split()))}\n{_hidden(details)}")
        sys.stderr.flush()
    _leave(code)


def _hidden(text: str) -> str:
    """Return a text without secrets: those that show by their form, and those that the environment gives us."""
    from transforms.redact import HIDDEN, redact

    for name in SECRET_VARIABLES:
        if value := os.environ.get(name):
            text = text.replace(value, HIDDEN)
    return redact(text)


def _leave(code: int) -> NoReturn:
    """Leave; what standard output could not take is let go, or Python would complain of it after our last line."""
    try:
        sys.stdout.flush()
    except (OSError, ValueError):
        with suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(code)


if __name__ == "__main__":
    main()
