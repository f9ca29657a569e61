"""Reads a JSONL file line by line, in bounded memory."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

from flows.read.open_file import READ_ERRORS, open_file
from flows.read.raw_document import Arrival
from flows.read.read_lines import LINE_CAP_BYTES, read_lines, wide_charset
from flows.read.read_row import Carrier, read_row
from flows.read.row_charset import row_charset
from transforms.charsets.decode import decode
from transforms.extract.decode_payload import UNSURE, Decoded


def read_jsonl(path: Path, carrier: Carrier) -> Iterator[Arrival]:
    """Yield a document or a refusal for each line that is not blank; a damaged file ends with a refusal."""
    line = 0
    charset = row_charset(path, given=carrier.encoding)
    try:
        with open_file(path) as stream:
            wide = wide_charset(stream.peek(4))  # the streams of open_file are buffered
            for line, raw in enumerate(read_lines(stream), 1):
                if raw is None:
                    yield carrier.refuse(line, "too_large", f"the line is longer than {LINE_CAP_BYTES} bytes")
                elif raw.strip():
                    yield _read_line(raw, line, carrier, charset, wide=wide)
    except (*READ_ERRORS, UnicodeDecodeError) as error:
        yield carrier.refuse(line + 1, "unreadable_file", f"reading stopped: {error or type(error).__name__}")


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
