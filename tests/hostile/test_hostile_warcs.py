"""Hostile WARC files are contained, and the sound records in them are loaded."""

from pathlib import Path

import pytest
from hostile_warcs import hostile_warcs
from plain_memory import PlainMemory

from copydesk.flows.read.raw_document import RawDocument, Refused
from copydesk.flows.sources.acquire_warc import acquire_warc
from copydesk.flows.sources.items import SourceReport
from copydesk.flows.sources.source import Source

FILES = {name: (payload, good) for name, payload, good in hostile_warcs()}
HARMLESS = {
    *(name for name in FILES if name.startswith(("date_", "header_"))),
    "length_too_short",
    "path_out_of_the_folder",
    "nulls_in_headers",
    "line_ends_of_another_kind",
    "no_http",
    "chunks_without_end",
}


def test_there_are_enough() -> None:
    """The generator writes at least twenty files."""
    assert len(FILES) >= 20


@pytest.mark.parametrize("name", FILES)
def test_sound_records_are_loaded(name: str, tmp_path: Path) -> None:
    """Every sound record before and after the damage comes, the damage is told, and nothing else is written."""
    payload, good = FILES[name]
    path = tmp_path / "x.warc.gz"
    path.write_bytes(payload)
    items = list(acquire_warc(Source("crawl", "warc", path=str(path)), PlainMemory()))
    numbers = {i.url.rpartition("/")[2] for i in items if isinstance(i, RawDocument) and i.url}
    assert len(numbers & {"1", "2", "3"}) >= good
    refusals = [i for i in items if isinstance(i, Refused)]
    assert refusals or name in HARMLESS
    assert len(refusals) <= 5
    assert isinstance(items[-1], SourceReport)
    assert [p.name for p in tmp_path.iterdir()] == ["x.warc.gz"]
