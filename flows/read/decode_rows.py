"""Decodes the rows of a file: UTF-8, or one encoding for all rows that are not."""

from collections.abc import Callable
from contextlib import suppress
from functools import cache

from copydesk.flows.read.open_file import READ_ERRORS, Opener
from copydesk.flows.read.read_lines import read_lines
from copydesk.transforms.charsets.decode import decode
from copydesk.transforms.charsets.detect_charset import detect_charset
from copydesk.transforms.extract.decode_payload import Decoded

SAMPLE_BYTES = 256 * 1024
"""Of so many bytes of rows that are no UTF-8 their encoding is told."""


def decode_row(raw: bytes, line: int, charset: Callable[[], str | None]) -> Decoded:
    """Give the characters of a line: UTF-8 as the RFC has it, else the encoding of the file's other rows."""
    try:
        return Decoded(raw.decode("utf-8-sig" if line == 1 else "utf-8"), "utf-8")
    except UnicodeDecodeError:
        name = charset()
        if name is None:
            raise
        return Decoded(decode(raw, name), name)


def charset_of_rows(open_: Opener, *, given: str | None) -> Callable[[], str | None]:
    """Return a function that gives the encoding of rows that are no UTF-8, or None where it is not sure.

    It is decided once for the file, from all that can be seen of it, when it is first asked. `given` is the user's
    word. Where rows of good UTF-8 stand beside the others, these are damaged, not encoded.
    """

    @cache
    def decide() -> str | None:
        if given:
            return given
        strange, utf8_count = _sample(open_)
        return None if utf8_count > len(strange) else detect_charset(b"\n".join(strange))

    return decide


def _sample(open_: Opener) -> tuple[list[bytes], int]:
    """Return lines that are no UTF-8, and how many others hold more than ASCII."""
    strange: list[bytes] = []
    size = utf8_count = 0
    with suppress(*READ_ERRORS), open_() as stream:
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
