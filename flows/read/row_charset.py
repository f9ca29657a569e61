"""Decides in which encoding the rows of a file stand that are no UTF-8: once for the file, from all it can see."""

from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path

from flows.read.open_file import READ_ERRORS, open_file
from flows.read.read_lines import read_lines
from transforms.charsets.detect_charset import detect_charset

SAMPLE_BYTES = 256 * 1024


def row_charset(path: Path, *, given: str | None) -> Callable[[], str | None]:
    """Return a function that gives the encoding, or None where it is not sure; the file is looked at when asked.

    `given` is the user's word. Where rows of good UTF-8 stand beside the others, these are damaged, not encoded.
    """

    @cache
    def decide() -> str | None:
        if given:
            return given
        strange, utf8_count = _sample(path)
        return None if utf8_count > len(strange) else detect_charset(b"\n".join(strange))

    return decide


def _sample(path: Path) -> tuple[list[bytes], int]:
    """Return lines that are no UTF-8, and how many others hold more than ASCII."""
    strange: list[bytes] = []
    size = utf8_count = 0
    with suppress(*READ_ERRORS), open_file(path) as stream:
        for line in read_lines(stream):
            if line is None or line.isascii():
                continue
            try:
                line.decode()
                utf8_count += 1
            except UnicodeDecodeError:
                strange.append(line)
                size += len(line)
            if size > SAMPLE_BYTES:
                break
    return strange, utf8_count
