"""Enters: a WARC file, however damaged. Leaves: its response and resource records, and what was wrong between them.

fastwarc reads; where it meets rubbish or a record that ends early, reading goes on at the next place where a record
begins. A record that claims to be huge is stepped over without being unpacked.
"""

import re
import zlib
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from typing import BinaryIO

import zstandard
from fastwarc.warc import ArchiveIterator, WarcRecordType

from copydesk.schemas.reasons import Reason

MAX_RECORD_BYTES = 20_000_000
MAX_HEADER_BYTES = 64 * 1024
_SCAN_BYTES = 1 << 20
_STARTS = re.compile(rb"\x1f\x8b\x08|\x28\xb5\x2f\xfd|WARC/[01]\.\d")
_WANTED = WarcRecordType.response | WarcRecordType.resource


@dataclass(frozen=True, slots=True)
class WarcBlock:
    """A record: headers with lower-case names, its block, and the byte of the file where it begins."""

    offset_bytes: int
    record_type: str
    headers: dict[str, str]
    block: bytes


@dataclass(frozen=True, slots=True)
class WarcFault:
    """Something unreadable: where it begins, a short reason, and the finding in words."""

    offset_bytes: int
    reason: Reason
    detail: str


def warc_records(file: BinaryIO, *, start_byte: int = 0) -> Iterator[WarcBlock | WarcFault]:
    """Yield the records of a .warc, .warc.gz or .warc.zst from a byte on, and each fault once."""
    start: int | None = start_byte
    if start == 0 and not _begins_record(file, 0):
        yield WarcFault(0, Reason.WARC_GARBAGE, "the file does not begin with a record")
        start = _next_start(file, 1)
    while start is not None:
        file.seek(start)
        fault = yield from _until_fault(file, start)
        if fault is None:
            return
        yield fault
        start = _next_start(file, fault.offset_bytes + 1)


def _until_fault(file: BinaryIO, start: int) -> Generator[WarcBlock | WarcFault, None, WarcFault | None]:
    at = start
    try:
        records = ArchiveIterator(
            file, record_types=_WANTED, parse_http=False, max_header_len=MAX_HEADER_BYTES, fsspec_args=False
        )
        for record in records:
            headers = {name.lower(): value for name, value in record.headers.items()}
            at = record.stream_pos  # counted from the start of the file
            size = record.content_length
            if size > MAX_RECORD_BYTES:
                return WarcFault(
                    at, Reason.WARC_TOO_LARGE, f"a record of {size} bytes; {MAX_RECORD_BYTES} are read"
                )
            block = record.reader.read()
            if len(block) < size:
                return WarcFault(
                    at, Reason.WARC_TRUNCATED, f"{len(block)} of {size} bytes of the record are there"
                )
            yield WarcBlock(at, headers.get("warc-type", "").lower(), headers, block)
    except (OSError, ValueError, EOFError) as error:
        return WarcFault(max(at, start), Reason.WARC_GARBAGE, f"unreadable after byte {at}: {error}"[:300])
    return None


def _next_start(file: BinaryIO, at: int) -> int | None:
    """Find the next byte where a record begins: its first word, or a compressed member that unpacks to it."""
    overlap = 8
    while True:
        file.seek(at)
        piece = file.read(_SCAN_BYTES + overlap)
        for match in _STARTS.finditer(piece):
            if match.start() < _SCAN_BYTES and _begins_record(file, at + match.start()):
                return at + match.start()
        if len(piece) <= overlap or len(piece) < _SCAN_BYTES:
            return None
        at += _SCAN_BYTES


def _begins_record(file: BinaryIO, at: int) -> bool:
    file.seek(at)
    piece = file.read(4_096)
    file.seek(at)
    try:
        if piece.startswith(b"\x1f\x8b"):
            piece = zlib.decompressobj(31).decompress(piece, 16)
        elif piece.startswith(b"\x28\xb5\x2f\xfd"):
            piece = zstandard.ZstdDecompressor(max_window_size=1 << 27).stream_reader(piece).read(16)
        elif piece[1:4] == b"\x2a\x4d\x18":  # a skippable frame, such as one that holds a dictionary
            return at == 0
    except (zlib.error, zstandard.ZstdError):
        return False
    return piece.lstrip(b"\r\n").startswith(b"WARC/")
