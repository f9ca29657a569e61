"""Enters: zstd as it came. Leaves: whether its last frame is there to its end."""

from collections.abc import Iterator

import zstandard

MAX_PARTS = 100_000
"""Blocks of zstd, members of gzip: one that holds nothing takes as long as a full one."""


def is_whole_zstd(raw: bytes) -> bool:
    """Walk frames and blocks by their headers (RFC 8878): the decoder itself is silent about a missing end."""
    for number, end in enumerate(_ends(raw)):
        if end is None or number > MAX_PARTS:
            return False
        if end == len(raw):
            return True
    return False


def _ends(raw: bytes) -> Iterator[int | None]:
    """Yield 0 for each block and where each frame ends; null where none can be read."""
    at = 0
    while at < len(raw):
        magic = int.from_bytes(raw[at : at + 4], "little")
        if 0x184D2A50 <= magic <= 0x184D2A5F:
            at += 8 + int.from_bytes(raw[at + 4 : at + 8], "little")
        else:
            try:
                parameters = zstandard.get_frame_parameters(raw[at : at + 18])
                at += zstandard.frame_header_size(raw[at : at + 18])
            except zstandard.ZstdError:
                yield None
                return
            bits = 0
            while not bits & 1 and at + 3 <= len(raw):
                bits = int.from_bytes(raw[at : at + 3], "little")
                at += 3 + (1 if bits >> 1 & 3 == 1 else bits >> 3)
                yield 0
            at = at + (4 if parameters.has_checksum else 0) if bits & 1 else len(raw) + 1
        yield at
