"""A catalog that is gone or damaged is told in one line, and nothing is written over what it led to."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from small_desk import command, fingerprint, ingest_desk, made_desk

from copydesk.warehouse.place import Place


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("made")
    made_desk(root)
    return root


def delete(file: Path) -> None:
    file.unlink()


def empty(file: Path) -> None:
    file.write_bytes(b"")


def fill_with_text(file: Path) -> None:
    file.write_bytes(b"<html>not found</html>" * 999)


def cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def cut_within_the_header(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:30])


def zero_its_first_page(file: Path) -> None:
    file.write_bytes(bytes(4096) + file.read_bytes()[4096:])


def scramble_its_schema(file: Path) -> None:
    data = file.read_bytes()
    file.write_bytes(data[:100] + b"\xff" * 1500 + data[1600:])


def put_a_folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


def put_another_database(file: Path) -> None:
    shutil.copyfile(Place(file.parent).ledger, file)


DAMAGES = (
    delete,
    empty,
    fill_with_text,
    cut,
    cut_within_the_header,
    zero_its_first_page,
    scramble_its_schema,
    put_a_folder,
    put_another_database,
)


@pytest.mark.parametrize("damage", DAMAGES)
def test_lost_catalog_is_told_and_nothing_written(
    made: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    damage: Callable[[Path], None],
) -> None:
    """Whoever comes, to write or to read: one line that names the file and the way back, code 2, each byte kept."""
    shutil.copytree(made / "w", tmp_path / "w")
    damage(tmp_path / "w" / "catalog.sqlite")
    before = kept(tmp_path / "w")
    for words in (
        ["ingest", made / "desk", "--no-prefect", "--workers", 1],
        ["sql", "select 1"],
        ["search", "mooring"],
        ["check"],
        ["check", "--seal"],
    ):
        code, out, err = command(monkeypatch, capsys, *words, "-w", tmp_path / "w")
        assert (code, out) == (2, ""), err
        assert err.count("\n") == 1
        assert "catalog.sqlite" in err
        assert "Restore it from a backup" in err
    assert kept(tmp_path / "w") == before


def kept(folder: Path) -> dict[str, str]:
    """Return what must stay: everything but the lock."""
    return {name: digest for name, digest in fingerprint(folder).items() if name != "writer.lock"}


def scramble_the_tables(folder: Path) -> str:
    """Write over the page of the catalog from which all tables are found."""
    file = folder / "catalog.sqlite"
    with closing(sqlite3.connect(file)) as db:
        db.execute("pragma wal_checkpoint(truncate)")
        page, size = db.execute(
            "select rootpage, (select page_size from pragma_page_size) from sqlite_master where name = 'ducklake_table'"
        ).fetchone()
    data = bytearray(file.read_bytes())
    data[(page - 1) * size : page * size] = b"\xff" * size
    file.write_bytes(data)
    return "catalog is damaged"


def delete_files(folder: Path) -> str:
    shutil.rmtree(folder / "files")
    return "is missing"


def cut_files(folder: Path) -> str:
    for file in folder.rglob("*.parquet"):
        cut(file)
    return "is damaged"


def scramble_footers(folder: Path) -> str:
    for file in folder.rglob("*.parquet"):
        data = file.read_bytes()
        file.write_bytes(data[:-400] + b"\xff" * 390 + data[-10:])
    return "is damaged"


@pytest.mark.parametrize("damage", [scramble_the_tables, delete_files, cut_files, scramble_footers])
def test_damage_that_shows_later_is_told(
    made: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    damage: Callable[[Path], str],
) -> None:
    """A page inside the catalog, or the data files: one line, code 2, and the way back, since no other run would help."""
    shutil.copytree(made / "w", tmp_path / "w")
    named = damage(tmp_path / "w")
    (tmp_path / "new.txt").write_text((made / "desk" / "mill.txt").read_text().replace("mill", "kiln"))
    for words in (
        ["ingest", tmp_path / "new.txt", "--no-prefect", "--workers", 1],
        ["sql", "select max(body) from revisions"],
    ):
        code, out, err = command(monkeypatch, capsys, *words, "-w", tmp_path / "w")
        assert (code, out) == (2, ""), err
        assert err.count("\n") == 1
        assert named in err
        assert "Restore it from a backup" in err


def test_folder_in_the_place_of_the_search_index_is_told(
    made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A folder where the index belongs is not ours to move: the line names it, with code 2."""
    shutil.copytree(made / "w", tmp_path / "w")
    place = Place(tmp_path / "w")
    place.search_index.unlink(missing_ok=True)
    place.search_index.mkdir()
    code, out, err = command(monkeypatch, capsys, "search", "mooring", "-w", place.folder)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert f"{place.search_index.name} is no file" in err


@pytest.mark.parametrize(
    ("lost", "named"),
    [
        (("files", "checksums.sqlite", "ledger.sqlite"), None),
        (("files", "checksums.sqlite"), "ledger.sqlite"),
        (("files", "ledger.sqlite"), "checksums.sqlite"),
        (("checksums.sqlite", "ledger.sqlite"), "data files"),
    ],
)
def test_any_trace_of_a_warehouse_keeps_an_empty_one_away(
    made: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    lost: tuple[str, ...],
    named: str | None,
) -> None:
    """Data files, seals or a ledger of finished runs, each alone, tell of a warehouse; without any, one begins."""
    shutil.copytree(made / "w", tmp_path / "w")
    for name in ("catalog.sqlite", *lost):
        part = tmp_path / "w" / name
        shutil.rmtree(part) if part.is_dir() else part.unlink()
    code, _, err = command(
        monkeypatch, capsys, "ingest", made / "desk", "--no-prefect", "--workers", 1, "-w", tmp_path / "w"
    )
    assert code == (2 if named else 0), err
    assert (named or "") in err


def test_start_that_died_is_no_loss(made: Path, tmp_path: Path) -> None:
    """What a first run leaves when it dies before its catalog stands is no warehouse: the next run begins one."""
    place = Place(tmp_path / "w")
    place.folder.mkdir()
    place.sqlite.touch()
    (place.folder / "writer.lock").write_text("process 1")
    shutil.copyfile(made / "w" / "ledger.sqlite", place.ledger)
    forget_ends(place)
    ingest_desk(made / "desk", place.folder)
    assert place.is_created


def forget_ends(place: Place) -> None:
    with closing(sqlite3.connect(place.ledger)) as db, db:
        db.execute("update attempts set state = 'running', finished_at = null")
