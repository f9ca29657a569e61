"""Reads a JSONL file line by line, in bounded memory."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from flows.read.open_file import READ_ERRORS, open_file
from flows.read.raw_document import Arrival
from flows.read.read_row import Carrier, read_row

LINE_CAP_BYTES = 32 * 2**20
"""A longer line is refused; it would be a dump, not an article."""


def read_jsonl(path: Path, carrier: Carrier) -> Iterator[Arrival]:
    """Yield a document or a refusal for each line that is not blank; a damaged file ends with a refusal."""
    line = 0
    try:
        with open_file(path) as stream:
            for line, raw in enumerate(_lines(stream), 1):
                if raw.strip():
                    yield _read_line(raw, line, carrier)
    except READ_ERRORS as error:
        yield carrier.refuse(line + 1, "unreadable_file", f"reading stopped: {error or type(error).__name__}")


def _lines(stream: BinaryIO) -> Iterator[bytes]:
    """Yield lines, each cut at one byte past the cap."""
    while raw := stream.readline(LINE_CAP_BYTES + 1):
        rest = raw
        while len(rest) > LINE_CAP_BYTES and not rest.endswith(b"\n"):
            rest = stream.readline(LINE_CAP_BYTES + 1)
        yield raw


def _read_line(raw: bytes, line: int, carrier: Carrier) -> Arrival:
    if len(raw) > LINE_CAP_BYTES:
        return carrier.refuse(line, "too_large", f"the line is longer than {LINE_CAP_BYTES} bytes")
    try:
        row = json.loads(raw.decode("utf-8-sig" if line == 1 else "utf-8"))
    except UnicodeDecodeError as error:
        return carrier.refuse(line, "invalid_encoding", f"not UTF-8 at byte {error.start}", raw)
    except (ValueError, RecursionError) as error:
        return carrier.refuse(line, "invalid_json", str(error), raw)
    if not isinstance(row, dict):
        return carrier.refuse(line, "invalid_row", f"expected a JSON object, found {type(row).__name__}", raw)
    return read_row(row, line, carrier)
