"""A check of a warehouse whose files are lost or damaged says which, whatever the damage, and never seals it."""

import random
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from small_desk import command
from small_warehouse import build_warehouse

from copydesk.warehouse.check import check
from copydesk.warehouse.check_files import check_files
from copydesk.warehouse.connect import connect_reader, connect_writer
from copydesk.warehouse.place import Place
from copydesk.warehouse.run_check import CheckResult
from copydesk.warehouse.seal_files import begin_seals, read_seals, seal_all_files, seal_files

NOW = datetime(2026, 3, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def sealed(tmp_path_factory: pytest.TempPathFactory) -> Place:
    place = build_warehouse(tmp_path_factory.mktemp("sealed"))
    with connect_reader(place) as con:
        seal_all_files(con, place)
    return place


@pytest.fixture
def place(sealed: Place, tmp_path: Path) -> Place:
    shutil.copytree(sealed.folder, tmp_path / "w")
    return Place(tmp_path / "w")


def parquet(place: Place, table: str = "") -> list[Path]:
    return sorted((Path(place.data_path) / "main" / table).rglob("*.parquet"))


def broken(results: list[CheckResult]) -> dict[str, CheckResult]:
    return {result.name: result for result in results if not result.is_passed and result.severity == "error"}


def remove(file: Path) -> None:
    file.unlink()


def empty(file: Path) -> None:
    file.write_bytes(b"")


def halve(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def fill_with_text(file: Path) -> None:
    file.write_bytes(b"x" * file.stat().st_size)


def put_a_folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


def test_damage_is_a_finding(
    place: Place, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The check names each damaged file, says which laws could not be looked at, makes the others, ends with 1."""
    damages = {
        "runs": remove,
        "revisions": halve,
        "stories": empty,
        "sketches": fill_with_text,
        "sources": put_a_folder,
    }
    files = {table: parquet(place, table)[0] for table in damages}
    for table, file in files.items():
        damages[table](file)
    code, out, err = command(monkeypatch, capsys, "check", "-w", place.folder)
    assert code == 1
    assert all(file.name in out for file in files.values())
    for law in ("files_are_intact", "files_are_there", "text_is_restorable", "stories_count_their_members"):
        assert f"FAIL  {law}" in out
    assert "ok    groups_have_one_representative" in out
    assert err.startswith("results not stored: ")


ROUNDS = 2


def test_flipped_bits_are_found(place: Place) -> None:
    """Each flipped bit, anywhere in any file, is found, where DuckDB reads on in silence; no check ends in anything but a result."""
    chance = random.Random(20260301)
    files = parquet(place)
    assert len(files) > 10
    for round_ in range(ROUNDS):
        flips = {file: chance.randrange(file.stat().st_size * 8) for file in files}
        flip(flips)
        with connect_reader(place) as con:
            made = check if round_ == 0 else check_files
            found = broken(made(con, place=place, now=NOW))["files_are_intact"]
        assert found.offenders_count == len(files)
        flip(flips)
    with connect_reader(place) as con:
        assert broken(check_files(con, place, now=NOW)) == {}


def flip(flips: dict[Path, int]) -> None:
    """Turn one bit of each file; done twice, the files are as they were."""
    for file, bit in flips.items():
        data = bytearray(file.read_bytes())
        data[bit // 8] ^= 1 << bit % 8
        file.write_bytes(data)


@pytest.mark.usefixtures("few_checks")
def test_check_seals_nothing_that_it_finds(
    place: Place, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """After a loss of the seals neither a check nor a run seals what stood before: it may be damaged by then."""
    place.checksums.unlink()
    flip({parquet(place, "revisions")[0]: 4321})
    for _ in range(2):  # the second after the first has stored its results
        assert "warn  files_are_sealed" in command(monkeypatch, capsys, "check", "-w", place.folder)[1]
    old = {str(file.relative_to(place.data_path)) for file in parquet(place)}
    with connect_writer(place) as con:
        begin_seals(con, place)
        before = set(read_seals(place))
        con.execute("update quarantine set detail = 'seen'")
        assert seal_files(con, place) > 0
        assert seal_files(con, place) == 0
    assert before < set(read_seals(place))
    assert not any("revisions" in path for path in read_seals(place))
    assert old - set(read_seals(place))


def test_new_files_of_a_killed_run_are_sealed_by_the_next(place: Place) -> None:
    """What a run wrote and did not live to seal is newer than the seals: the next run seals it."""
    with connect_writer(place) as con:
        begin_seals(con, place)
        con.execute("update quarantine set detail = 'seen'")
    with connect_writer(place) as con:
        begin_seals(con, place)
        assert seal_files(con, place) > 0
