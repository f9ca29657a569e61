"""A backup stands between two commits, is a warehouse itself, and comes back whole or not at all."""

import shutil
import sys
from datetime import UTC, datetime
from pathlib import Path
from subprocess import PIPE, Popen
from typing import Any

import pytest
from logical_rows import tables_of
from small_desk import command, made_desk

from copydesk.schemas.user_error import UserError
from copydesk.warehouse.backup import backup, restore
from copydesk.warehouse.connect import connect_reader, connect_writer
from copydesk.warehouse.create import create
from copydesk.warehouse.damage import DamagedWarehouseError
from copydesk.warehouse.lease import lease
from copydesk.warehouse.place import Place
from copydesk.warehouse.staging.shard import list_shards
from copydesk.warehouse.takedown.erase import is_erasing, mark_erasing

NOW = datetime(2026, 3, 1, tzinfo=UTC)
PAIRS = "select (select count(*) from story_keys), (select count(*) from articles_to_settle)"


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """A small warehouse of its own, with a shard that waits."""
    made_desk(tmp_path)
    shard = tmp_path / "w" / "staging" / f"new-{7:020d}-1"
    shard.mkdir(parents=True)
    (shard / "arrivals.parquet").write_bytes(b"as it came")
    return Place(tmp_path / "w")


def test_it_comes_back_when_the_original_is_gone(place: Place, tmp_path: Path) -> None:
    """Rows, ledger, seals and what waits are there again; a second backup copies only what is new."""
    before = tables_of(place)
    first = backup(place, tmp_path / "copy", now=NOW)
    assert first.copied_count == first.files_count > 10
    assert backup(place, tmp_path / "copy", now=NOW).copied_count == 0
    shutil.rmtree(place.folder)
    assert restore(tmp_path / "copy", place) == first.files_count
    assert tables_of(place) == before == tables_of(Place(tmp_path / "copy"))
    assert [shard.folder.name[-3:] for shard in list_shards(place.staging)] == ["7-1"]
    assert {place.ledger.name, place.checksums.name} <= {file.name for file in place.folder.iterdir()}


WRITER = """
import itertools, pathlib, select, sys
from copydesk.warehouse.connect import connect_writer
from copydesk.warehouse.lease import lease
from copydesk.warehouse.place import Place

place = Place(pathlib.Path(sys.argv[1]))
with lease(place), connect_writer(place) as con:
    for number in itertools.count():
        con.execute("begin")
        con.execute(f"insert into story_keys values ('story', {number})")
        con.execute(f"insert into articles_to_settle values ('{number}', 'asked')")
        con.execute("commit")
        print(number, flush=True) if not number else None
        if select.select([sys.stdin], [], [], 0)[0]:
            break
"""


def test_it_stands_between_two_commits(place: Place, tmp_path: Path) -> None:
    """While a writer commits to two tables without a pause, a backup has both or neither, each time.

    The writer is a process of its own: within one, the locks of DuckDB's SQLite and Python's do not hold.
    """
    counts = []
    with Popen([sys.executable, "-c", WRITER, str(place.folder)], stdin=PIPE, stdout=PIPE) as writer:
        assert writer.stdin
        assert writer.stdout
        assert writer.stdout.readline() == b"0\n"
        for _ in range(3):
            backup(place, tmp_path / "copy", now=NOW)
            with connect_reader(Place(tmp_path / "copy")) as con:
                counts += con.execute(PAIRS).fetchall()
        assert writer.poll() is None
        writer.stdin.write(b"enough")
    assert writer.returncode == 0
    assert all(keys == asked > 0 for keys, asked in counts)
    assert counts == sorted(counts)


def test_a_damaged_file_takes_no_sound_ones_place(place: Place, tmp_path: Path) -> None:
    """A backup of what is not as it was sealed is refused, and the earlier one stays; so is a damaged backup."""
    backup(place, tmp_path / "copy", now=NOW)
    sound = tables_of(Place(tmp_path / "copy"))
    file = next((place.folder / "files" / "main" / "revisions").glob("*.parquet"))
    damaged = bytearray(file.read_bytes())
    damaged[200] ^= 1
    file.write_bytes(damaged)
    with pytest.raises(DamagedWarehouseError, match="not what was sealed"):
        backup(place, tmp_path / "other", now=NOW)
    (tmp_path / "copy" / file.relative_to(place.folder)).unlink()
    with pytest.raises(DamagedWarehouseError, match="not what was sealed"):
        backup(place, tmp_path / "copy", now=NOW)
    shutil.copyfile(file, tmp_path / "copy" / file.relative_to(place.folder))
    with pytest.raises(DamagedWarehouseError, match="nothing was restored"):
        restore(tmp_path / "copy", Place(tmp_path / "back"))
    assert not (tmp_path / "back").exists()
    damaged[200] ^= 1
    (tmp_path / "copy" / file.relative_to(place.folder)).write_bytes(damaged)
    assert tables_of(Place(tmp_path / "copy")) == sound


def test_a_backup_lacks_nothing(place: Place, tmp_path: Path) -> None:
    """Where a file of the warehouse is missing the earlier backup stays; where one of a backup is, nothing comes back."""
    backup(place, tmp_path / "copy", now=NOW)
    before = tables_of(Place(tmp_path / "copy"))
    file = next((place.folder / "files" / "main" / "revisions").glob("*.parquet"))
    copy = tmp_path / "copy" / file.relative_to(place.folder)
    file.rename(tmp_path / "aside")
    copy.rename(tmp_path / "copied")
    with pytest.raises(DamagedWarehouseError, match=f"{file.name} is missing"):
        backup(place, tmp_path / "copy", now=NOW)
    for content in (None, (tmp_path / "copied").read_bytes()[:-9]):
        if content is not None:
            copy.write_bytes(content)
        with pytest.raises(DamagedWarehouseError, match="missing or cut off: nothing was restored"):
            restore(tmp_path / "copy", Place(tmp_path / "back"))
        assert [each.name for each in tmp_path.iterdir() if each.name.startswith("back")] == []
    (tmp_path / "copied").replace(copy)
    assert tables_of(Place(tmp_path / "copy")) == before


def test_a_takedown_that_was_broken_off_is_completed_where_it_comes_back(
    place: Place, tmp_path: Path
) -> None:
    """The mark that something has still to leave the disk is copied; a backup from after that is without it."""
    mark_erasing(place)
    backup(place, tmp_path / "copy", now=NOW)
    restore(tmp_path / "copy", Place(tmp_path / "back"))
    assert is_erasing(Place(tmp_path / "back"))
    place.erasing.unlink()
    backup(place, tmp_path / "copy", now=NOW)
    assert not is_erasing(Place(tmp_path / "copy"))


def test_a_backup_becomes_no_other_warehouses(place: Place, tmp_path: Path) -> None:
    """A warehouse that was begun anew, where the first was lost, does not take the place of the first one's backup."""
    backup(place, tmp_path / "copy", now=NOW)
    before = tables_of(Place(tmp_path / "copy"))
    place.folder.rename(tmp_path / "lost")
    with lease(place), connect_writer(place) as con:
        create(con)
    with pytest.raises(UserError, match="the backup of another warehouse"):
        backup(place, tmp_path / "copy", now=NOW)
    assert tables_of(Place(tmp_path / "copy")) == before
    shutil.rmtree(place.folder)
    restore(tmp_path / "copy", place)
    assert backup(place, tmp_path / "copy", now=NOW).copied_count == 0


def test_a_mistake_is_told_in_a_line(place: Place, tmp_path: Path, monkeypatch: Any, capsys: Any) -> None:
    """A folder that is none, one that is full, a place that is taken, a warehouse on servers: a line and code 2."""
    full = tmp_path / "full"
    full.mkdir()
    (full / "letter.txt").write_text("dear")
    here = ("-w", place.folder)
    for words, said in {
        ("backup", full, *here): "is not empty, and no backup",
        ("backup", place.folder / "copy", *here): "lies in the warehouse itself",
        ("backup", tmp_path / "copy", "-w", tmp_path / "none"): "there is nothing to back up",
        ("restore", full, "-w", tmp_path / "back"): "holds no whole backup",
    }.items():
        code, out, error = command(monkeypatch, capsys, *words)
        assert (code, out, error.count("\n")) == (2, "", 1), error
        assert said in error
    assert command(monkeypatch, capsys, "backup", tmp_path / "copy", *here)[0] == 0
    code, _, error = command(monkeypatch, capsys, "restore", tmp_path / "copy", *here)
    assert (code, error.count("\n")) == (2, 1)
    assert "move it away" in error
    monkeypatch.setenv("COPYDESK_FILES", "s3://bucket/desk")
    code, _, error = command(monkeypatch, capsys, "backup", tmp_path / "copy", *here)
    assert (code, error.count("\n")) == (2, 1)
