"""An encoded body is decoded to its end, or there is a reason why it is none."""

import gzip
import zlib
from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO

import brotli
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from copydesk.flows.fetch.decode_body import decode_body
from copydesk.flows.fetch.errors import FetchError
from copydesk.schemas.reasons import Reason

PIECE = 65_536
PAGE = b"<html>The harbour board met on the pier.</html>" * 40
MOST = 5_000_000


def deflate(body: bytes, window_bits: int) -> bytes:
    packer = zlib.compressobj(6, zlib.DEFLATED, window_bits)
    return packer.compress(body) + packer.flush()


def decoded(raw: bytes, encoding: str) -> bytes:
    return b"".join(decode_body(BytesIO(raw), encoding, max_bytes=MOST))


def reason_of(raw: bytes, encoding: str) -> Reason:
    with pytest.raises(FetchError) as caught:
        decoded(raw, encoding)
    return caught.value.reason


@pytest.mark.parametrize("unit", [b"A", b"ab", b"<br>", b"<p>a</p>"])
@pytest.mark.parametrize(("encoding", "window_bits"), [("deflate", -15), ("deflate", 15), ("gzip", 31)])
def test_whole_bodies_of_every_size_are_decoded(unit: bytes, encoding: str, window_bits: int) -> None:
    """Where a piece of output is full just as the input ends, the rest of the output still comes."""
    for size in (*range(PIECE - 3, PIECE + 40), *range(2 * PIECE, 2 * PIECE + 40)):
        body = (unit * size)[:size]
        assert decoded(deflate(body, window_bits), encoding) == body


@given(st.binary(max_size=300), st.integers(1, 9), st.sampled_from([-15, 15]))
def test_both_kinds_of_deflate_are_told_apart(body: bytes, level: int, window_bits: int) -> None:
    """`deflate` is read with its head of two bytes and without."""
    packer = zlib.compressobj(level, zlib.DEFLATED, window_bits)
    assert decoded(packer.compress(body) + packer.flush(), "deflate") == body


def _tails() -> Iterator[bytes]:
    yield from (
        b"\0",
        b"\0" * 70_000,
        b"\r\n",
        b"<!-- cached -->",
        b"\x1f",
        b"\x1f\x8b",
        b"\x1f rubbish",
        b"x" * PIECE,
    )
    yield b"x" * (PIECE + 7) + b"\x1f\x8b\x08 rubbish"


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
def test_what_follows_the_end_is_passed_over(encoding: str) -> None:
    """A whole body is taken, whatever a server or cache wrote behind it."""
    packed = {"gzip": gzip.compress(PAGE), "deflate": zlib.compress(PAGE)}
    for tail in _tails():
        assert decoded(packed[encoding] + tail, encoding) == PAGE, tail[:20]


def test_all_members_of_a_gzip_are_read() -> None:
    """A gzip of many members is one body, wherever their borders lie; a damaged one costs all."""
    members = [gzip.compress(PAGE[:n]) for n in (0, 1, 500, 1_000)] * 400
    assert len(b"".join(members)) > PIECE
    assert decoded(b"".join(members), "gzip") == b"".join(gzip.decompress(member) for member in members)
    assert reason_of(members[3] + members[3][:-4], "gzip") is Reason.TRUNCATED
    assert reason_of(members[3] + b"\x1f\x8b\x08\xff" + bytes(50), "gzip") is Reason.BROKEN_ENCODING


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "zstd", "gzip, br"])
def test_nothing_decodes_to_nothing(encoding: str) -> None:
    """An empty body has no encoding, whatever its header says."""
    assert decoded(b"", encoding) == b""


def test_parts_that_hold_nothing_are_counted() -> None:
    """Millions of members or frames without a byte in them are given up."""
    assert reason_of(gzip.compress(b"") * 120_000, "gzip") is Reason.BROKEN_ENCODING
    assert reason_of(zstandard.compress(b"") * 120_000, "zstd") is Reason.BROKEN_ENCODING


def test_all_frames_of_a_zstd_are_read() -> None:
    """A zstd of many frames is one body, wherever their borders lie, also with frames that are to be skipped."""
    frames = [zstandard.compress(PAGE[:n]) for n in (0, 1, 500, 1_000)] * 500
    skipped = b"\x50\x2a\x4d\x18\x03\0\0\0abc"
    whole = b"".join(zstandard.decompress(frame) for frame in frames)
    assert len(b"".join(frames)) > PIECE
    assert decoded(skipped + b"".join(frames) + skipped, "zstd") == whole
    assert reason_of(frames[3] + frames[3][:-4], "zstd") is Reason.TRUNCATED


PACKED = {
    "gzip": gzip.compress(PAGE),
    "deflate": zlib.compress(PAGE),
    "deflate, bare": deflate(PAGE, -15),
    "br": brotli.compress(PAGE),
    "zstd": zstandard.compress(PAGE),
}


@pytest.mark.parametrize("name", PACKED)
def test_no_beginning_passes_for_the_whole(name: str) -> None:
    """Cut anywhere, a body is refused."""
    encoding, whole = name.partition(",")[0], PACKED[name]
    assert decoded(whole, encoding) == PAGE
    for end in range(1, len(whole)):
        assert reason_of(whole[:end], encoding) in {Reason.TRUNCATED, Reason.BROKEN_ENCODING}


@pytest.mark.parametrize("encoding", ["gzip, gzip, gzip", ", ".join(["gzip"] * 500), "br,gzip,deflate"])
def test_encodings_are_not_piled_up(encoding: str) -> None:
    """More than two encodings on top of each other are refused at once, and for good."""
    with pytest.raises(FetchError) as caught:
        decoded(gzip.compress(PAGE), encoding)
    assert caught.value.reason is Reason.BROKEN_ENCODING
    assert not caught.value.is_passing


@given(st.binary(max_size=400), st.sampled_from(["gzip", "deflate", "br", "zstd", "x-gzip, deflate"]))
def test_rubbish_gives_a_reason(raw: bytes, encoding: str) -> None:
    """Whatever bytes come, they are decoded or refused with a reason."""
    with suppress(FetchError):
        decoded(raw, encoding)
