"""Gives a command its standard streams: a place to write to where one is closed, and its errors a name."""

import io
import os
import sys
from typing import Any


class ReaderLeftError(BrokenPipeError):
    """Nobody reads standard output any more, as after `| head`. No other broken pipe is this error."""


class _Output(io.FileIO):
    """Standard output, whose broken pipe is told apart from one to a worker or a server."""

    def write(self, data: Any, /) -> int:
        try:
            return super().write(data)
        except BrokenPipeError as error:
            raise ReaderLeftError(error.errno, error.strerror) from error


def open_streams() -> None:
    """Open the streams that whoever started us has closed, and write to standard output in a way that tells."""
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
        encoding=given.encoding,
        errors=given.errors,
        line_buffering=given.line_buffering,
        write_through=given.write_through,
    )
