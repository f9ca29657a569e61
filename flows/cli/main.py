"""The door of the command: how each of its commands begins and ends.

What takes time to load is loaded inside, where signals are heard.
"""

import atexit
import gc
import io
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import Any, NoReturn

from copydesk.flows.stopping import leaving_at_once, listening, said_of, stopped_by
from copydesk.flows.workers.keep_compiled import kept_methods

SECRET_VARIABLES = ("AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "COPYDESK_S3_SECRET", "PGPASSWORD")


class ReaderLeftError(BrokenPipeError):
    """Nobody reads standard output any more, as after `| head`. No other broken pipe is this error."""


class _Output(io.FileIO):
    """Standard output, whose broken pipe is told apart from one to a worker or a server."""

    def write(self, data: Any, /) -> int:
        try:
            return super().write(data)
        except BrokenPipeError as error:
            raise ReaderLeftError(error.errno, error.strerror) from error


def _open_streams() -> None:
    """Open the streams that whoever started us has closed, and write to standard output in a way that tells.

    What is no terminal gets UTF-8 whatever the locale says; a terminal's own letters, others escaped.
    """
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123, SIM115 - open to the end
    given = sys.stdout
    if not isinstance(given, io.TextIOWrapper) or not isinstance(given.buffer, io.BufferedWriter | io.FileIO):
        return  # a test's
    given.flush()
    told = _Output(given.fileno(), "wb", closefd=False)
    is_unbuffered = isinstance(given.buffer, io.FileIO)  # PYTHONUNBUFFERED, as containers set it
    sys.stdout = io.TextIOWrapper(
        told if is_unbuffered else io.BufferedWriter(told),
        encoding=given.encoding if given.isatty() else "utf-8",
        errors="backslashreplace",
        line_buffering=given.line_buffering,
        write_through=given.write_through,
    )


def _refuse_bytes(words: Sequence[str]) -> None:
    """Refuse arguments that are no UTF-8, as names of files may be, and tables, queries and our own files are not."""
    from copydesk.flows.read.raw_document import origin_text
    from copydesk.schemas.user_error import UserError

    may_name_files = words[:1] in (["ingest"], ["clean"])
    for word in words:
        shown = word.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
        if shown != word and not (may_name_files and os.path.lexists(word)):
            raise UserError(
                f"{shown!r} is no UTF-8; in the tables a file of that name is '{origin_text(word)}'"
            )


def main() -> None:
    """Run the command. Exit codes: 0 done, 1 found wanting or a fault of the machine, 2 wrong use, 128 + n a signal."""
    gc.set_threshold(50_000)  # Python looks for circles at each 700 objects: .08 s of loading, in vain
    atexit.register(gc.freeze)  # Python would look at every object once more in the end: .1 to .2 s
    with listening(), kept_methods():
        with leaving_at_once():
            _open_streams()
            from copydesk.flows.cli.commands import app
        try:
            _refuse_bytes(sys.argv[1:])
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
    from copydesk.flows.cli.judge_error import judge_error

    verdict = judge_error(error)
    _end(verdict.line, verdict.code, verdict.details)


def _end_if_stopped() -> None:
    """Leave as a shell expects it of a signal; Typer and Prefect make an exit or an error of their own of it."""
    number = stopped_by()
    if number is not None:
        _end(said_of(number), 128 + number)


def _end(line: str, code: int, details: str = "") -> NoReturn:
    """Say how it ended, in one line that names the command, and leave."""
    from copydesk.flows.report.visible import visible

    with suppress(OSError):
        sys.stderr.write(f"copydesk: {visible(' '.join(_hidden(line).split()))}\n{_hidden(details)}")
        sys.stderr.flush()
    _leave(code)


def _hidden(text: str) -> str:
    """Return a text without secrets: those that show by their form, and those that the environment gives us."""
    from copydesk.transforms.redact import HIDDEN, redact

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
