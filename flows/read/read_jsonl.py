"""Reads a JSONL file line by line, in bounded memory."""

import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path

from flows.read.open_file import READ_ERRORS, open_file, why_unreadable
from flows.read.raw_document import Arrival
from flows.read.read_lines import LINE_CAP_BYTES, read_lines, wide_charset
from flows.read.read_row import Carrier, read_row
from transforms.charsets.decode import decode
from transforms.charsets.detect_charset import detect_charset
from transforms.extract.decode_payload import UNSURE, Decoded

SAMPLE_BYTES = 256 * 1024
"""Of so many bytes of rows that are no UTF-8 their encoding is told."""


def read_jsonl(path: Path, carrier: Carrier) -> Iterator[Arrival]:
    """Yield a document or a refusal for each line that is not blank; a damaged file ends with a refusal."""
    line = 0
    charset = _charset_of_rows(path, given=carrier.encoding)
    try:
        with open_file(path) as stream:
            wide = wide_charset(stream.peek(4))  # the streams of open_file are buffered
            for line, raw in enumerate(read_lines(stream), 1):
                if raw is None:
                    yield carrier.refuse(line, "too_large", f"the line is longer than {LINE_CAP_BYTES} bytes")
                elif raw.strip():
                    yield _read_line(raw, line, carrier, charset, wide=wide)
    except (*READ_ERRORS, UnicodeDecodeError) as error:
        yield carrier.refuse(
            line + 1, why_unreadable(error), f"reading stopped: {error or type(error).__name__}"
        )


def _read_line(
    raw: bytes, line: int, carrier: Carrier, charset: Callable[[], str | None], *, wide: str | None
) -> Arrival:
    try:
        decoded = _decode(raw, line, charset)
        row = json.loads(decoded.text)
    except UnicodeDecodeError as error:
        detail = f"not {error.encoding} at byte {error.start}; {UNSURE}"
        return carrier.refuse(line, "invalid_encoding", detail, raw)
    except (ValueError, RecursionError) as error:
        return carrier.refuse(line, "invalid_json", str(error), raw)
    if not isinstance(row, dict):
        return carrier.refuse(line, "invalid_row", f"expected a JSON object, found {type(row).__name__}", raw)
    return read_row(row, line, carrier, charset=wide or decoded.charset)


def _decode(raw: bytes, line: int, charset: Callable[[], str | None]) -> Decoded:
    """Give the characters of a line: UTF-8 as the RFC has it, else the encoding of the file's other rows."""
    try:
        return Decoded(raw.decode("utf-8-sig" if line == 1 else "utf-8"), "utf-8")
    except UnicodeDecodeError:
        name = charset()
        if name is None:
            raise
        return Decoded(decode(raw, name), name)


def _charset_of_rows(path: Path, *, given: str | None) -> Callable[[], str | None]:
    """Return a function that gives the encoding of rows that are no UTF-8, or None where it is not sure.

    It is decided once for the file, from all that can be seen of it, when it is first asked. `given` is the user's
    word. Where rows of good UTF-8 stand beside the others, these are damaged, not encoded.
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
