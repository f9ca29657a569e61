"""kill -9 in the middle of a takedown, maintenance, backup or restoration: as before, or mended by the next command."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from asked import ask, broken
from every_file import files_with
from forked import fork_command
from logical_rows import tables_of
from small_desk import made_desk

from copydesk.flows.settings import Settings
from copydesk.warehouse.connect import connect_reader
from copydesk.warehouse.place import Place

HISTORY = {"takedowns", "tombstones", "story_events"}


class Starter:
    """Starts commands one after the other, each in a process of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def run(self, *words: object, at: int = 0) -> tuple[int, int]:
        """Run a command, killed at the n-th call (0: never); return its exit code (-9 if killed) and its calls."""
        command = fork_command(self.folder, *words, at=at)
        code = command.told().code
        return code, 0 if at else command.calls()


@pytest.fixture
def starter(tmp_path: Path) -> Starter:
    return Starter(tmp_path / "said")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made_desk(tmp_path_factory.mktemp("desk"))


def moments(calls: int, *, parts: int) -> list[int]:
    """Return moments spread over the calls of a command, the last ones among them."""
    return sorted({calls * part // parts for part in range(1, parts)} | {calls - 2})


def rows_of(folder: Path) -> dict[str, list[str]]:
    return {name: rows for name, rows in tables_of(Place(folder)).items() if name not in HISTORY}


def test_a_takedown_is_whole_or_not_at_all(desk: Path, tmp_path: Path, starter: Starter) -> None:
    """Its rows are all there or all gone to a reader; once the next run has come, no file holds a word of it."""
    words = ("forget", "mill.txt", "--reason", "asked", "-w")
    shutil.copytree(desk / "w", tmp_path / "whole")
    code, calls = starter.run(*words, tmp_path / "whole")
    assert code == 0
    before, after = rows_of(desk / "w"), rows_of(tmp_path / "whole")
    seen = set()
    for at in moments(calls, parts=2):
        folder = tmp_path / f"torn-{at}"
        shutil.copytree(desk / "w", folder)
        assert starter.run(*words, folder, at=at)[0] == -9
        torn = rows_of(folder)
        is_gone = torn == after
        assert is_gone or torn == before
        assert starter.run(*(("maintain", "-w") if is_gone else words), folder)[0] == 0
        assert rows_of(folder) == after
        assert files_with(folder, "grinding stones") == []
        seen.add(is_gone)
    assert broken(Settings(warehouse=folder), datetime.now(UTC)) == []
    assert seen == {True, False}


def test_what_is_taken_down_stays_down_whatever_was_killed(
    desk: Path, tmp_path: Path, starter: Starter
) -> None:
    """A run dies with the article on its way, then the takedown; once both have been asked for again no word of it is left."""
    shutil.copytree(desk / "w", tmp_path / "whole")
    again = ("ingest", desk / "desk", "--source", "other", "--no-prefect", "--workers", "1", "-w")
    gone = ("forget", "mill.txt", "--reason", "asked", "-w")
    calls = [starter.run(*words, tmp_path / "whole")[1] for words in (again, gone)]
    for part in (2, 4):
        folder = tmp_path / f"torn-{part}"
        shutil.copytree(desk / "w", folder)
        for words, count in zip((again, gone), calls, strict=True):
            assert starter.run(*words, folder, at=count * part // 5)[0] == -9
        assert starter.run(*gone, folder)[0] in (0, 2)  # 2: it is gone already
        assert starter.run(*again, folder)[0] == 0
        assert files_with(folder, "grinding stones") == []
        titles = ask(
            Settings(warehouse=folder), "select title, count(*) from articles_latest group by 1 order by 1"
        )
        assert titles == [("The orchard is counted anew", 2), ("The quay is counted anew", 2)]
    assert broken(Settings(warehouse=folder), datetime.now(UTC)) == []


def test_maintenance_changes_no_row(desk: Path, tmp_path: Path, starter: Starter) -> None:
    """Wherever it dies the rows are there, and the next one completes it."""
    shutil.copytree(desk / "w", tmp_path / "whole")
    code, calls = starter.run("maintain", "-w", tmp_path / "whole")
    assert code == 0
    before = rows_of(desk / "w")
    for at in moments(calls, parts=2):
        folder = tmp_path / f"torn-{at}"
        shutil.copytree(desk / "w", folder)
        assert starter.run("maintain", "-w", folder, at=at)[0] == -9
        assert rows_of(folder) == before
        assert starter.run("maintain", "-w", folder)[0] == 0
        assert rows_of(folder) == before


def test_a_backup_is_the_one_before_or_the_new_one(desk: Path, tmp_path: Path, starter: Starter) -> None:
    """A killed backup leaves what was there; a killed restoration leaves nothing, and the next one is whole."""
    shutil.copytree(desk / "w", tmp_path / "w")
    assert starter.run("backup", tmp_path / "first", "-w", tmp_path / "w")[0] == 0
    old = rows_of(tmp_path / "first")
    assert starter.run("forget", "mill.txt", "--reason", "asked", "-w", tmp_path / "w")[0] == 0
    new = rows_of(tmp_path / "w")
    shutil.copytree(tmp_path / "first", tmp_path / "second")
    _, calls = starter.run("backup", tmp_path / "second", "-w", tmp_path / "w")
    for at in moments(calls, parts=2):
        folder = tmp_path / f"torn-{at}"
        shutil.copytree(tmp_path / "first", folder)
        assert starter.run("backup", folder, "-w", tmp_path / "w", at=at)[0] == -9
        assert rows_of(folder) in (old, new)
        assert starter.run("backup", folder, "-w", tmp_path / "w")[0] == 0
        assert rows_of(folder) == new
        assert files_with(folder, "grinding stones") == []
    shutil.rmtree(tmp_path / "w")
    _, calls = starter.run("restore", tmp_path / "second", "-w", tmp_path / "again")
    place = tmp_path / "back"
    assert starter.run("restore", tmp_path / "second", "-w", place, at=calls // 2)[0] == -9
    assert not place.exists()
    assert starter.run("restore", tmp_path / "second", "-w", place)[0] == 0
    assert rows_of(place) == new
    with connect_reader(Place(place)) as con:
        assert con.execute("select count(*) from takedowns").fetchall() == [(1,)]
