"""What lies below the tables is checked byte for byte."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from small_warehouse import build_warehouse

from copydesk.warehouse.check_files import check_files
from copydesk.warehouse.connect import connect_reader
from copydesk.warehouse.place import Place
from copydesk.warehouse.run_check import CheckResult
from copydesk.warehouse.seal_files import read_seals, seal_all_files, seal_files


@pytest.fixture
def place(tmp_path: Path) -> Place:
    place = build_warehouse(tmp_path)
    with connect_reader(place) as con:
        seal_all_files(con, place)
    return place


def broken(place: Place, *, later: timedelta = timedelta()) -> dict[str, CheckResult]:
    with connect_reader(place) as con:
        results = check_files(con, place, now=datetime.now(UTC) + later)
    return {result.name: result for result in results if not result.is_passed}


def a_file(place: Place, table: str = "revisions") -> Path:
    return next((Path(place.data_path) / "main" / table).glob("*.parquet"))


def test_lost_and_short_files_are_seen(place: Place) -> None:
    """A file that the catalog names and that is gone, or has another size, is an offender, and so is its snapshot."""
    for table in ("stories", "quarantine"):
        a_file(place, table).unlink()
    with a_file(place, "runs").open("ab") as stream:
        stream.write(b"x")
    found = broken(place)
    rows = found["files_are_there"].offenders
    assert {row["table_name"]: row["found"].split()[0] for row in rows}["stories"] == "no"
    unread = found["snapshots_are_reachable"].offenders
    for named in (rows, unread):
        assert {row["table_name"] for row in named} == {"runs", "stories", "quarantine"}


def test_orphans_are_seen_when_they_are_old(place: Place) -> None:
    """A file that the catalog does not know is an offender once no run can still be writing it; the others never are."""
    assert broken(place, later=timedelta(days=3)) == {}
    orphan = Path(place.data_path) / "main" / "runs" / "left-behind.parquet"
    orphan.write_bytes(b"PAR1")
    assert set(broken(place)) == set()
    assert set(broken(place, later=timedelta(hours=2))) == {"files_are_known"}


def test_unsealed_files_are_named(tmp_path: Path) -> None:
    """Files without a checksum are named until somebody seals them all; sealing again hashes nothing."""
    place = build_warehouse(tmp_path)
    assert set(broken(place)) == {"files_are_sealed"}
    with connect_reader(place) as con:
        count = seal_all_files(con, place)
        assert count == len(read_seals(place)) > 10
        assert seal_files(con, place) == seal_all_files(con, place) == 0
    assert broken(place) == {}


def test_broken_catalog_is_seen(place: Place) -> None:
    """Damage inside the catalog's file is found before it spreads."""
    size = place.sqlite.stat().st_size
    with connect_reader(place) as con:
        content = place.sqlite.read_bytes()
        for page in range(4096 * 20, size - 4096, 4096 * 3):
            content = content[:page] + b"\xff" * 64 + content[page + 64 :]
        place.sqlite.write_bytes(content)
        results = check_files(con, place, now=datetime.now(UTC))
    assert not next(each for each in results if each.name == "catalog_is_whole").is_passed
