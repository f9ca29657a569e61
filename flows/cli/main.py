"""The door of the command: its list of commands, and how each of them ends."""

import os
import select
import sys
from contextlib import suppress
from typing import NoReturn

import typer

from flows.cli.check import check
from flows.cli.clean import clean
from flows.cli.export import export
from flows.cli.ingest import ingest
from flows.cli.judge_error import judge_error
from flows.cli.migrate import migrate
from flows.cli.quarantine import quarantine
from flows.cli.replay import replay
from flows.cli.report import report
from flows.cli.rules import app as rules
from flows.cli.runs import runs
from flows.cli.schedule import schedule
from flows.cli.search import search
from flows.cli.show import show
from flows.cli.sources import app as sources
from flows.cli.sql import sql
from flows.stopping import listening, stopped_by
from transforms.redact import HIDDEN, redact

SECRET_VARIABLES = ("AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "PGPASSWORD")

app = typer.Typer(
    name="copydesk",
    help="Clean news articles, find copies and stories, and query it all with SQL.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
COMMANDS = (
    ingest, clean, sql, show, search, runs, check, report, export, quarantine, replay, migrate, schedule,
)  # fmt: skip
for command in COMMANDS:
    app.command()(command)
app.add_typer(sources, name="sources")
app.add_typer(rules, name="rules")


def main() -> None:
    """Run the command. Exit codes: 0 done, 1 found wanting or a fault of the machine, 2 wrong use, 128 + n a signal."""
    _open_streams()
    with listening():
        try:
            code = int(app(standalone_mode=False) or 0)
            sys.stdout.flush()
        except BaseException as error:  # noqa: BLE001 - whatever it is, a person is told in one line
            _end_with(error)
        _end_if_stopped()
        _leave(code)


def _end_with(error: BaseException) -> NoReturn:
    _end_if_stopped()
    if _reader_has_left(error):
        _end("", 0)
    if isinstance(error, SystemExit):
        raise error
    verdict = judge_error(error)
    _end(verdict.line, verdict.code, verdict.details)


def _end_if_stopped() -> None:
    """Leave as a shell expects it of a signal; Typer and Prefect make an exit or an error of their own of it."""
    number = stopped_by()
    if number is not None:
        _end(f"stopped by {number.name}; run it again to go on", 128 + number)


def _open_streams() -> None:
    """Give the streams that whoever started us has closed a place to write to."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123, SIM115 - open to the end


def _reader_has_left(error: BaseException) -> bool:
    """Tell whether the error says that nobody reads standard output any more, as after `| head`.

    Rich turns the broken pipe into an exit. A pipe to a worker or a server may break as well: that is a fault.
    """
    if isinstance(error, SystemExit):
        return isinstance(error.__context__, BrokenPipeError)
    if not isinstance(error, BrokenPipeError):
        return False
    with suppress(OSError, ValueError):
        watch = select.poll()
        watch.register(sys.stdout.fileno(), 0)
        return any(state & select.POLLERR for _, state in watch.poll(0))
    return False


def _end(line: str, code: int, details: str = "") -> NoReturn:
    """Say how it ended, in one line that names the command, and leave."""
    with suppress(OSError):
        if line:
            typer.echo(f"copydesk: {' '.join(_hidden(line).split())}", err=True)
        if details:
            typer.echo(_hidden(details), err=True, nl=False)
    _leave(code)


def _hidden(text: str) -> str:
    """Return a text without secrets: those that show by their form, and those that the environment gives us."""
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
