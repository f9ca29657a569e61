"""WARC files that break readers, written by a script: `hostile_warcs()` yields (name, bytes, good), at least twenty.

`good` is how many of the sound records in the file a reader must still find.
"""

import gzip
import random
import zlib
from collections.abc import Iterator

import zstandard
from warc_writer import http, record, zipped

_DATES = {
    "absurd": b"2031-99-99T99:99:99Z", "first": b"0001-01-01T00:00:00+14:00", "last": b"9999-12-31T23:59:59-14:00", "zone": b"2031-05-04T12:30:00+99:99",
    "none": b"", "half_a_character": b"\xed\xa0\x80", "digits": b"9" * 5_000,
}  # fmt: skip
_STATUSES = {
    "superscript": b"\xb200", "digits": b"9" * 5_000, "minus": b"-1", "half_a_character": b"\xed\xa0\x80",
}  # fmt: skip
_HEADERS = {
    "length": f"Content-Length: {'9' * 5_000}\r\n", "chunk": "Transfer-Encoding: chunked\r\n", "encodings": f"Content-Encoding: {'gzip, ' * 500}\r\n",
}  # fmt: skip


def hostile_warcs() -> Iterator[tuple[str, bytes, int]]:
    """Yield every file; the same ones each time. Sound records stand before and after the damage."""
    one, two, three = record(1), record(2), record(3)
    rubbish = random.Random(6).randbytes(50_000)
    yield "rubbish_between", one + rubbish + two, 2
    yield "rubbish_between_zipped", zipped(one) + rubbish + zipped(two, three), 3
    yield (
        "rubbish_again_and_again",
        rubbish + zipped(one) + rubbish + zipped(two) + rubbish + zipped(three) + rubbish,
        3,
    )
    yield "rubbish_first", rubbish + zipped(one, two), 2
    yield "rubbish_alone", rubbish, 0
    yield "empty", b"", 0
    yield "last_cut", (one + two)[:-200], 1
    yield "last_cut_zipped", zipped(one, two)[:-30], 1
    yield "last_cut_zstd", b"".join(zstandard.compress(r) for r in (one, two))[:-20], 1
    yield "damaged_member", zipped(one) + _damaged(zipped(two)) + zipped(three), 2
    yield "length_too_long", zipped(one, record(2, length=5_000), three), 2
    yield "length_too_short", one + record(2, length=20) + three, 2
    yield "length_huge", zipped(one, record(2, length=10**15), three), 2
    yield "length_negative", zipped(one, record(2, length=-5), three), 2
    yield (
        "length_no_number",
        zipped(one, record(2).replace(b"Content-Length: ", b"Content-Length: x"), three),
        2,
    )
    yield (
        "length_beyond_all",
        zipped(one, record(2).replace(b"Content-Length: ", b"Content-Length: 9" + b"9" * 60), three),
        2,
    )
    for name, date in _DATES.items():
        yield f"date_{name}", zipped(one, record(2).replace(b"2031-05-04T12:30:00Z", date), three), 3
    for name, status in _STATUSES.items():
        yield f"status_{name}", zipped(one, record(2, http().replace(b"200", status, 1)), three), 2
    for name, headers in _HEADERS.items():
        yield f"header_{name}", zipped(one, record(2, http(headers=headers)), three), 2
    yield "bomb_member", zipped(one) + _zipped_zeros(60_000_000) + zipped(three), 2
    yield (
        "bomb_record",
        zipped(one) + _zipped_zeros(60_000_000, record(2, length=60_000_000)) + zipped(three),
        2,
    )
    yield "bomb_header", zipped(one) + _zipped_zeros(30_000_000, b"WARC/1.0\r\nX: ") + zipped(three), 2
    bomb = gzip.compress(bytes(60_000_000), mtime=0)
    yield "bomb_page", zipped(one, record(2, http(bomb, headers="Content-Encoding: gzip\r\n")), three), 2
    yield "wrong_digest", zipped(one, record(2).replace(b"pier", b"PIER"), three), 2
    yield "headers_100k", zipped(one, record(2, headers="X: y\r\n" * 100_000), three), 2
    yield "no_http", zipped(one, record(2, b"\0" * 500), three), 2
    yield (
        "chunks_without_end",
        zipped(one, record(2, http(b"ffffffff\r\nx", headers="Transfer-Encoding: chunked\r\n")), three),
        2,
    )
    yield "cut_by_the_crawler", zipped(one, record(2, headers="WARC-Truncated: length\r\n"), three), 2
    yield (
        "path_out_of_the_folder",
        zipped(one, record(2).replace(b"https://gazette.example/2", b"file:///../../x"), three),
        2,
    )
    yield "nulls_in_headers", zipped(one, record(2, headers="X\0: \0\r\n"), three), 2
    yield "line_ends_of_another_kind", zipped(one, record(2).replace(b"\r\n", b"\n"), three), 2


def _damaged(member: bytes) -> bytes:
    return member[:40] + bytes(byte ^ 0xFF for byte in member[40:60]) + member[60:]


def _zipped_zeros(size: int, start: bytes = b"") -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    parts = [packer.compress(start)]
    parts += [packer.compress(bytes(10_000_000)) for _ in range(size // 10_000_000)]
    return b"".join([*parts, packer.flush()])
