"""Reading holds a bounded part of a file, whatever its size when it is unpacked."""

import gzip
import io
import tracemalloc
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard

from copydesk.flows.ingest.stage_source import SHARD_BYTES, _chunks
from copydesk.flows.read.find_files import find_files
from copydesk.flows.read.open_file import open_file, unpacked
from copydesk.flows.read.raw_document import RawDocument
from copydesk.flows.read.read_files import read_files
from copydesk.flows.read.read_lines import LINE_CAP_BYTES
from copydesk.flows.read.read_parquet import read_parquet
from copydesk.flows.read.read_row import Carrier
from copydesk.flows.read.unpack import BombError, Budget

NOW = datetime(2026, 1, 2, tzinfo=UTC)
MB = 2**20


@pytest.fixture
def peak() -> Iterator[Callable[[Path], tuple[list[str | None], int]]]:
    """Reads a file without keeping what it gives; returns the reasons of refusals, and the most that Python held."""

    def read(path: Path) -> tuple[list[str | None], int]:
        tracemalloc.start()
        found = [
            getattr(each, "reason", None)
            for each in read_files(find_files(path).files, source_id="s", now=NOW)
        ]
        return found, tracemalloc.get_traced_memory()[1]

    yield read
    tracemalloc.stop()


@pytest.mark.parametrize(("suffix", "pack"), [(".gz", gzip.compress), (".zst", zstandard.compress)])
def test_a_line_over_the_cap_is_passed_by_in_pieces(
    tmp_path: Path, peak: Any, suffix: str, pack: Callable[[bytes], bytes]
) -> None:
    """A line that unpacks to three times the cap costs a refusal and never more memory than the cap."""
    line = b'{"text": "' + b"x" * (3 * LINE_CAP_BYTES) + b'"}\n'
    (tmp_path / f"rows.jsonl{suffix}").write_bytes(
        pack(
            b'{"text": "one two three four five six"}\n' + line + b'{"text": "six five four three two one"}\n'
        )
    )
    reasons, held = peak(tmp_path)
    assert reasons == [None, "too_large", None]
    assert held < LINE_CAP_BYTES + 8 * MB


def test_a_page_that_unpacks_beyond_its_limit_is_refused(tmp_path: Path, peak: Any) -> None:
    """A bomb is read up to the limit of a page."""
    (tmp_path / "bomb.html.gz").write_bytes(gzip.compress(b"<p>" + b"\0" * (100 * MB)))
    reasons, held = peak(tmp_path)
    assert reasons == ["too_large"]
    assert held < 48 * MB


@pytest.mark.parametrize("kind", ["equal", "different"])
def test_a_row_group_is_read_in_slices(tmp_path: Path, peak: Any, kind: str) -> None:
    """Rows of a megabyte come one after the other, also where equal ones take no room in the file."""
    texts = [("b " if kind == "equal" else f"{number} ") * (MB // 3) for number in range(40)]
    pq.write_table(pa.table({"text": texts}), tmp_path / "big.parquet", compression="zstd")
    reasons, held = peak(tmp_path)
    assert reasons == [None] * 40
    assert held < 8 * MB


@pytest.mark.parametrize("in_dictionary", [["text"], []])
def test_a_page_over_the_cap_costs_its_row_group_alone(tmp_path: Path, in_dictionary: list[str]) -> None:
    """A page is unpacked whole: its size is asked before, rows are named, and other row groups are read."""
    path = tmp_path / "big.parquet"
    texts = [f"{number} of six words and more " + "x" * (2 * MB if number < 4 else 10) for number in range(8)]
    table = pa.table({"text": texts, "other": ["y" * (9 * MB)] * 8})
    pq.write_table(table, path, row_group_size=4, use_dictionary=in_dictionary, compression="zstd")
    carrier = Carrier("s", str(path), NOW)
    found = list(read_parquet(partial(open_file, path), carrier, page_cap_bytes=8 * MB))
    assert [(each.line, getattr(each, "reason", None)) for each in found] == [
        (1, "too_large"),
        *((line, None) for line in range(5, 9)),
    ]
    assert "rows 1 to 4" in getattr(found[0], "detail", "")
    assert [getattr(each, "reason", None) for each in read_parquet(partial(open_file, path), carrier)] == [
        None
    ] * 8


def document(size: int) -> RawDocument:
    return RawDocument("s", "a.txt", b"x" * size, "text/plain", NOW)


def test_a_shard_is_bounded_by_bytes() -> None:
    """What is stored at a time, and what a worker takes, is small unless one document alone is large."""
    sizes = [MB, MB, 20 * MB, 20 * MB, 1, 1]
    chunks = [[len(item.payload) for item in chunk] for chunk in _chunks(map(document, sizes), 500)]
    assert chunks == [[MB, MB], [20 * MB], [20 * MB], [1, 1]]
    assert all(len(chunk) == 1 or sum(chunk) <= SHARD_BYTES for chunk in chunks)
    assert [len(chunk) for chunk in _chunks(map(document, [1] * 70), 30)] == [30, 30, 10]


def test_a_bomb_is_left_where_it_unpacks_beyond_reason() -> None:
    """A stream may unpack to a thousand times its size, not more; one budget holds for all files of an archive."""
    packed = zstandard.compress(b"\0" * (8 * MB))
    budget = Budget(lambda: len(packed), free_bytes=MB, most_ratio=100)
    stream = unpacked(io.BytesIO(packed), ".zst", budget)
    with pytest.raises(BombError):
        stream.read()
    roomy = Budget(lambda: len(packed), free_bytes=20 * MB, most_ratio=100)
    for _ in range(2):
        assert len(unpacked(io.BytesIO(packed), ".zst", roomy).read()) == 8 * MB
    with pytest.raises(BombError):
        unpacked(io.BytesIO(packed), ".zst", roomy).read()
