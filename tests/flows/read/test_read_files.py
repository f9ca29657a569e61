"""Readers yield every document as it came, and every defect with its place and reason."""

import gzip
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard

from copydesk.flows.read.find_files import find_files
from copydesk.flows.read.raw_document import Arrival, RawDocument, Refused
from copydesk.flows.read.read_files import read_files
from copydesk.schemas.user_error import UserError

NOW = datetime(2026, 1, 2, tzinfo=UTC)
SIX = "a text of six words and more"


def read(path: Path) -> list[Arrival]:
    return list(read_files(find_files(path).files, source_id="s", now=NOW))


def write_rows(path: Path, rows: list[dict[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return path


def test_files_come_sorted_by_their_place_below_the_folder(tmp_path: Path) -> None:
    """Order and origin hang on names alone; hidden files are not there, other formats are counted."""
    for name in ("b.txt", "a/z.html", "a/y.htm.gz", ".hidden/x.txt", "picture.png"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(gzip.compress(b"x", mtime=0) if name.endswith(".gz") else b"x")
    found = find_files(tmp_path)
    assert [file.origin for file in found.files] == ["a/y.htm.gz", "a/z.html", "b.txt"]
    assert found.skipped_count == 1


@pytest.mark.parametrize("name", ["missing.txt", "picture.png"])
def test_a_path_that_cannot_be_read_is_the_users_mistake(tmp_path: Path, name: str) -> None:
    """A path that is not there, or of a format that is not read, is refused at the door, by name."""
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")
    with pytest.raises(UserError, match=name):
        find_files(tmp_path / name)


@pytest.mark.parametrize("packed", ["", ".gz", ".zst"])
def test_payload_is_kept_byte_for_byte(tmp_path: Path, packed: str) -> None:
    """Packing is taken off; nothing else changes, not even line ends or bytes that are no UTF-8."""
    payload = b"\xef\xbb\xbfTitle\r\n\r\nBody \xff\x00 end"
    pack = {"": bytes, ".gz": gzip.compress, ".zst": zstandard.compress}[packed]
    (tmp_path / f"a.txt{packed}").write_bytes(pack(payload))
    (document,) = read(tmp_path)
    assert isinstance(document, RawDocument)
    assert (document.payload, document.media_type, document.origin) == (
        payload,
        "text/plain",
        f"a.txt{packed}",
    )


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        pytest.param(
            {"id": 7, "url": "https://a.example/1", "title": "T", "text": "Body of six words and more", "published_at": "2024-01-02",
             "source": "The Gull", "language": "en", "authors": ["A B", "C D"]},
            {"external_id": "7", "url": "https://a.example/1", "title": "T", "payload": b"Body of six words and more",
             "published_at": "2024-01-02", "publisher": "The Gull", "language": "en", "authors": ("A B", "C D"),
             "media_type": "text/plain"},
            id="our names",
        ),
        pytest.param({"body": SIX, "date": "2024"}, {"payload": SIX.encode(), "published_at": "2024"}, id="body, date"),
        pytest.param({"content": SIX, "publish_date": "2024"}, {"payload": SIX.encode(), "published_at": "2024"}, id="content"),
        pytest.param({"raw_html": "<p>x"}, {"payload": b"<p>x", "media_type": "text/html"}, id="raw_html"),
        pytest.param({"text": SIX, "html": "<p>y"}, {"payload": SIX.encode(), "media_type": "text/plain"}, id="text goes first"),
        pytest.param({"text": " ", "html": "<p>y"}, {"payload": b"<p>y"}, id="blank text counts as none"),
        pytest.param(
            {"text": SIX, "authors": [{"@type": "Person", "name": "A B"}], "source": {"name": "The Gull"}},
            {"authors": ("A B",), "publisher": "The Gull"},
            id="people and outlets as objects",
        ),
        pytest.param({"text": SIX, "authors": "A B"}, {"authors": ("A B",)}, id="one author as text"),
    ],
)  # fmt: skip
def test_fields_under_the_names_that_tools_write(
    tmp_path: Path, row: dict[str, Any], expected: dict[str, Any]
) -> None:
    """A row's fields are recognised under our names and the usual aliases, in JSONL as in Parquet."""
    (from_jsonl,) = read(write_rows(tmp_path / "rows.jsonl", [row]))
    pq.write_table(pa.Table.from_pylist([row]), tmp_path / "rows.parquet")
    (from_parquet,) = read(tmp_path / "rows.parquet")
    for document in (from_jsonl, from_parquet):
        assert {name: getattr(document, name) for name in expected} == expected


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        pytest.param(b'{"text": "cut', "invalid_json", id="broken"),
        pytest.param(b"[1, 2]", "invalid_row", id="not an object"),
        pytest.param(b'{"title": "no text"}', "no_text", id="no text"),
        pytest.param(b'{"text": ""}', "no_text", id="empty text"),
        pytest.param(b'{"text": "\xff"}', "invalid_encoding", id="not UTF-8"),
        pytest.param(b'{"text": "\\ud800"}', "invalid_encoding", id="lone surrogate"),
        pytest.param(b"[" * 100_000, "invalid_json", id="nested beyond reason"),
        pytest.param(b"\x00\x01\x02", "invalid_json", id="binary"),
    ],
)
def test_a_bad_line_costs_itself_only(tmp_path: Path, line: bytes, reason: str) -> None:
    """A line that is no article is refused with its number and a reason; its neighbours come through."""
    (tmp_path / "rows.jsonl").write_bytes(
        b'{"text": "one two three four five six"}\n' + line + b'\n\n{"text": "six five four three two one"}'
    )
    first, bad, last = read(tmp_path)
    assert isinstance(first, RawDocument)
    assert isinstance(last, RawDocument)
    assert isinstance(bad, Refused)
    assert (bad.line, bad.reason, last.line) == (2, reason, 4)


@pytest.mark.parametrize(
    ("name", "payload"),
    [
        ("cut.jsonl.gz", gzip.compress(b'{"text": "one two three four five six"}\n' * 9, mtime=0)[:-12]),
        ("cut.txt.zst", zstandard.compress(bytes(range(256)) * 999)[:-9]),
        ("not.parquet", b"PAR1 this is not"),
        ("not.txt.gz", b"plain text"),
    ],
)
def test_a_damaged_file_ends_with_a_refusal(tmp_path: Path, name: str, payload: bytes) -> None:
    """What cannot be unpacked or is cut is said, once, with what was found; the next file is read."""
    (tmp_path / name).write_bytes(payload)
    (tmp_path / "z.txt").write_text("fine")
    *_, bad, good = read(tmp_path)
    assert isinstance(bad, Refused)
    assert bad.reason == "damaged_file"
    assert isinstance(good, RawDocument)
