"""What a run remembers by can be damaged in any way: it is set aside, that is said, and the run goes on."""

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from small_desk import command, made_desk

from copydesk.warehouse.check import check
from copydesk.warehouse.connect import connect_reader
from copydesk.warehouse.damage import DamagedWarehouseError
from copydesk.warehouse.place import Place
from copydesk.warehouse.repair_side_files import repair_side_files

FILES = ("ledger.sqlite", "checksums.sqlite")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A desk and its warehouse."""
    root = tmp_path_factory.mktemp("made")
    made_desk(root)
    return root


def part(file: Path, start: float, end: float, filling: Callable[[int], bytes]) -> None:
    """Write over a part of a file, from and to a share of its length."""
    data = bytearray(file.read_bytes())
    first, last = int(start * len(data)), int(end * len(data))
    data[first:last] = filling(last - first)
    file.write_bytes(data)


DAMAGES: dict[str, Callable[[Path], None]] = {
    "empty": lambda file: file.write_bytes(b""),
    "one byte": lambda file: file.write_bytes(b"S"),
    "text": lambda file: file.write_text("disk quota exceeded\n" * 500),
    "zeros": lambda file: file.write_bytes(bytes(file.stat().st_size)),
    "noise": lambda file: file.write_bytes(os.urandom(file.stat().st_size)),
    "first half": lambda file: part(file, 0.5, 1, lambda _: b""),
    "second half": lambda file: part(file, 0, 0.5, lambda _: b""),
    "head only": lambda file: file.write_bytes(file.read_bytes()[:64]),
    "head overwritten": lambda file: part(file, 0, 0.02, lambda size: b"\xff" * size),
    "all but the head": lambda file: part(file, 0.3, 1, lambda size: b"\x5a" * size),
    "noise and a log of noise": lambda file: (
        file.write_bytes(b"\0" * 9000),
        file.with_name(f"{file.name}-wal").write_bytes(b"\x37\x7f\x06\x82" + os.urandom(5000)),
        file.with_name(f"{file.name}.wal").write_bytes(os.urandom(5000)),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES.keys())
def test_damaged_file_is_set_aside(
    made: Path, tmp_path: Path, name: str, damage: Callable[[Path], object]
) -> None:
    """Its bytes are kept under another name, with the log that belongs to it; it is told once, and mended for good."""
    place = Place(tmp_path / "w")
    copy_memory(made / "w", place.folder)
    file = place.folder / name
    damage(file)
    data = file.read_bytes()
    (note,) = repair_side_files(place)
    assert name in note
    assert (place.folder / f"{name}.damaged-1").read_bytes() == data
    assert sorted(each.name for each in place.folder.glob(f"{name}*")) == sorted(
        each.name for each in place.folder.glob(f"{name}.damaged-1*")
    )
    assert repair_side_files(place) == ()


def copy_memory(source: Path, target: Path) -> None:
    """Copy what a run remembers by, and the catalog, without the data files."""
    target.mkdir()
    for name in (*FILES, "catalog.sqlite"):
        shutil.copyfile(source / name, target / name)


@pytest.mark.parametrize("name", FILES)
def test_log_of_another_file_does_no_harm(made: Path, tmp_path: Path, name: str) -> None:
    """A write-ahead log that was left beside another file of that name, or is noise, ends no run."""
    place = Place(tmp_path / "w")
    copy_memory(made / "w", place.folder)
    for suffix in ("-wal", ".wal", "-journal"):
        (place.folder / f"{name}{suffix}").write_bytes(os.urandom(3000))
    repair_side_files(place)
    assert repair_side_files(place) == ()


@pytest.mark.parametrize("name", FILES)
def test_folder_in_a_file_s_place_is_told(made: Path, tmp_path: Path, name: str) -> None:
    """A folder where a file belongs is not ours to move: the error names it."""
    place = Place(tmp_path / "w")
    copy_memory(made / "w", place.folder)
    (place.folder / name).unlink()
    (place.folder / name).mkdir()
    with pytest.raises(DamagedWarehouseError, match=name):
        repair_side_files(place)


def test_sound_files_stay(made: Path, tmp_path: Path) -> None:
    """Files without damage are left as they are, and so is one that another process has locked."""
    place = Place(tmp_path / "w")
    copy_memory(made / "w", place.folder)
    before = {name: (place.folder / name).read_bytes() for name in FILES}
    with closing(sqlite3.connect(place.checksums)) as db:
        db.execute("begin immediate")
        assert repair_side_files(place) == ()
    assert {name: (place.folder / name).read_bytes() for name in FILES} == before


def test_run_goes_on_and_says_what_was_damaged(
    made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """With every file of its memory damaged at once a run reads what is new; the next has nothing to say of it.

    The check then names the files whose seals are lost, run after run, until somebody has them sealed.
    """
    where = ["-w", tmp_path / "w"]
    shutil.copytree(made / "w", tmp_path / "w")
    shutil.copytree(made / "desk", tmp_path / "desk")
    for name in (*FILES, "search.sqlite"):
        (tmp_path / "w" / name).write_bytes(b"rubbish" * 999)
    code, _, err = command(monkeypatch, capsys, "runs", *where)
    assert (code, err.count("\n")) == (2, 1)
    assert "ledger.sqlite" in err
    code, out, _ = command(monkeypatch, capsys, "check", "--no-store", *where)
    assert code == 1
    assert "FAIL  files_are_intact" in out
    text = (tmp_path / "desk" / "quay.txt").read_text("utf-8")
    (tmp_path / "desk" / "kiln.txt").write_text(text.replace("quay", "kiln"), "utf-8")
    words = ["ingest", tmp_path / "desk", "--source", "desk", "--no-prefect", "--workers", 1, *where]
    code, out, _ = command(monkeypatch, capsys, *words)
    assert code == 0
    assert all(f"{name}.damaged-1" in out for name in FILES)
    assert documents(tmp_path / "w") == 4
    code, out, _ = command(monkeypatch, capsys, *words)
    assert (code, "damaged" in out) == (0, False)
    found, _, err = command(monkeypatch, capsys, "search", "mooring", *where)
    assert (found, "search.sqlite.damaged-1" in err) == (0, True)
    for _ in range(2):
        assert unsealed(tmp_path / "w")
    code, out, err = command(monkeypatch, capsys, "check", "--seal", *where)
    assert (code, "warn  files_are_sealed" in out) == (0, False)
    assert "files as they are now" in err


def unsealed(folder: Path) -> bool:
    with connect_reader(Place(folder)) as con:
        found = check(con, now=datetime.now(UTC), place=Place(folder), only=["files_are_sealed"])
    return "files_are_sealed" in {result.name for result in found if not result.is_passed}


def documents(folder: Path) -> int:
    with connect_reader(Place(folder)) as con:
        return int(con.execute("select count(*) from documents").fetchall()[0][0])
