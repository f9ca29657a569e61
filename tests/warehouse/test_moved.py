"""A warehouse is its folder: moved or copied it is whole, and knows nothing of where it was."""

import re
import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import duckdb
import pytest
from small_desk import command, fingerprint, ingest_desk, write_desk

from copydesk.warehouse.connect import attach_statements, connect_reader
from copydesk.warehouse.load_extension import load_extension
from copydesk.warehouse.place import Place

COUNT = "select count(*) from documents"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a desk and the warehouse of it, of today's form and of 0.1.0's."""
    root = tmp_path_factory.mktemp("made")
    ingest_desk(write_desk(root / "desk"), root / "new")
    shutil.copytree(root / "new", root / "old")
    as_0_1_0(Place(root / "old"))
    return root


def as_0_1_0(place: Place) -> None:
    """Have the catalog say its data path as 0.1.0 did: absolute."""
    with closing(sqlite3.connect(place.sqlite)) as db, db:
        db.execute("update ducklake_metadata set value = ? where key = 'data_path'", [f"{place.data_path}/"])


def rename(source: Path, target: Path) -> None:
    source.rename(target)


def copy_and_destroy(source: Path, target: Path) -> None:
    shutil.copytree(source, target)
    for file in sorted(source.rglob("*.parquet")):
        file.write_bytes(b"not what it was")


def copy_by_command(source: Path, target: Path) -> None:
    subprocess.run(["cp", "-r", str(source), str(target)], check=True)
    shutil.rmtree(source)


def copy_file_by_file(source: Path, target: Path) -> None:
    """Copy as rsync does: the files in any order, without what no file needs, times kept."""
    for file in sorted(source.rglob("*"), reverse=True):
        if file.is_file():
            (target / file.relative_to(source)).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(file, target / file.relative_to(source))
    shutil.rmtree(source)


@pytest.mark.parametrize(
    ("form", "carriers"),
    [("old", (rename, copy_and_destroy)), ("new", (copy_and_destroy, copy_by_command, copy_file_by_file))],
    ids=["old", "new"],
)
def test_carried_warehouse_is_whole(
    made: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    form: str,
    carriers: tuple[Callable[[Path, Path], None], ...],
) -> None:
    """However it was carried, and again, it answers, and the same input again adds no row and no snapshot."""
    target = tmp_path / "it's here"
    shutil.copytree(made / form, target)
    if form == "old":
        as_0_1_0(Place(target))
    for number, carry in enumerate(carriers):
        source, target = target, tmp_path / f"there-{number}" / "anew"
        target.parent.mkdir()
        carry(source, target)
        told = command(monkeypatch, capsys, "sql", COUNT, "-w", target)[1]
        assert told.split() == ["count_star()", "3"], carry
    where = ["-w", target]
    assert "mooring rings" in command(monkeypatch, capsys, "show", "quay.txt", *where)[1]
    assert "quay" in command(monkeypatch, capsys, "search", "mooring", *where)[1]
    before = snapshot(target)
    code, out, _ = command(
        monkeypatch,
        capsys,
        "ingest",
        made / "desk",
        "--source",
        "desk",
        "--no-prefect",
        "--workers",
        1,
        *where,
    )
    assert (code, "Nothing is new" in out) == (0, True)
    assert snapshot(target) == before
    if form == "old":
        code, out, err = command(monkeypatch, capsys, "check", "--no-store", *where)
        assert (code, err) == (0, ""), out
        assert "files_are_sealed" not in re.findall(r"(?:warn|FAIL)\s+(\w+)", out)


def snapshot(folder: Path) -> int:
    with connect_reader(Place(folder)) as con:
        return int(con.execute("select max(snapshot_id) from snapshots()").fetchall()[0][0])


def test_copy_leaves_its_original_alone(made: Path, tmp_path: Path) -> None:
    """What is written into a copy is in the copy; the original keeps every byte, and may be gone."""
    original, copy, desk = tmp_path / "original", tmp_path / "copy", tmp_path / "desk"
    shutil.copytree(made / "old", original)
    as_0_1_0(Place(original))
    shutil.copytree(original, copy)
    before = fingerprint(original)
    write_desk(desk)
    (desk / "kiln.txt").write_text((desk / "quay.txt").read_text("utf-8").replace("quay", "kiln"), "utf-8")
    ingest_desk(desk, copy)
    assert fingerprint(original) == before
    shutil.rmtree(original)
    with connect_reader(Place(copy)) as con:
        assert con.execute(COUNT).fetchall() == [(4,)]
        assert con.execute("select count(*) from revisions where contains(body, 'kiln')").fetchall() == [(1,)]


@pytest.mark.parametrize("form", ["new", "old"])
def test_printed_statements_attach_what_was_moved(
    made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    """What `copydesk sql` prints attaches the warehouse where it lies now, from any folder."""
    shutil.copytree(made / form, tmp_path / "moved")
    monkeypatch.chdir("/")
    _, attach, use = attach_statements(Place(tmp_path / "moved"))
    with duckdb.connect(config={"autoinstall_known_extensions": False}) as con:
        for extension in ("sqlite_scanner", "ducklake"):
            load_extension(con, extension)
        con.execute(attach)
        con.execute(use)
        assert con.execute(COUNT).fetchall() == [(3,)]
        files = con.execute("select data_file from ducklake_list_files('lake', 'documents')").fetchall()
    assert files
    assert all(Path(file).is_relative_to(tmp_path / "moved") for (file,) in files)


def test_catalog_names_no_folder(made: Path) -> None:
    """No table of the catalog of a new warehouse holds the folder that it was made in."""
    with closing(sqlite3.connect(made / "new" / "catalog.sqlite")) as db:
        dump = "\n".join(db.iterdump())
    assert "ducklake_metadata" in dump
    assert str(made / "new") not in dump
