"""A reader needs no permission to write."""

import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

import pytest
from forked import Told, run_commands
from small_desk import fingerprint, made_desk
from small_warehouse import build_warehouse
from unprivileged import read_only, unprivileged

from copydesk.warehouse.connect import connect_reader, connect_writer
from copydesk.warehouse.place import Place
from copydesk.warehouse.search.update_index import update_index


def tell(folder: Path, *commands: Sequence[object]) -> list[Told]:
    """Run commands as somebody who may read the warehouse and not write in it."""
    numbered = {str(number): command for number, command in enumerate(commands)}
    return list(run_commands(folder / "said", numbered, before=unprivileged).values())


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("made")
    made_desk(root)
    with connect_reader(Place(root / "w")) as con:
        update_index(con, Place(root / "w"))
    return root / "w"


def test_everything_that_reads_works(made: Path, tmp_path: Path) -> None:
    """sql, show, search, check, report, runs, export: each answers, and changes no byte of the warehouse."""
    where = ["-w", made]
    before = fingerprint(made)
    with read_only(made):
        sql, show, search, check, report, runs, export = tell(
            tmp_path,
            ["sql", "select count(*) from documents", *where],
            ["show", "quay.txt", *where],
            ["search", "mooring", *where],
            ["check", *where],
            ["report", "--out", tmp_path / "report", *where],
            ["runs", *where],
            ["export", tmp_path / "out.duckdb", *where],
        )
        assert fingerprint(made) == before
    assert sql == (0, "count_star()\n3\n", "")
    assert (show[0], show[2]) == (0, "")
    assert "mooring rings" in show[1]
    assert (search[0], search[2]) == (0, "")
    assert "quay" in search[1]
    assert check[0] == 0, check
    assert check[2].startswith("results not stored: ")
    assert check[2].count("\n") == 1
    assert (report[0], report[2]) == (0, "")
    assert "done" in runs[1]
    assert (export[0], export[2]) == (0, "")


def test_search_says_how_far_its_index_is(tmp_path: Path) -> None:
    """An index that cannot be brought up to the tables answers, and says how many articles it lacks."""
    place = build_warehouse(tmp_path / "w")
    with connect_writer(place) as con:
        update_index(con, place)
        con.execute(
            "update revisions set body = 'A heron waits.', body_sha256 = 'x' where contains(body, '137')"
        )
        changed = con.execute("select count(*) from revisions where body = 'A heron waits.'").fetchall()[0][0]
    with read_only(place.folder):
        (found,) = tell(tmp_path, ["search", "warden", "-n", "3", "-w", place.folder])
    assert found[0] == 0
    assert found[1]
    assert f"{changed} articles" in found[2]


@pytest.mark.parametrize("index", [None, b"", b"no index at all" * 99], ids=["none", "empty", "garbage"])
def test_search_without_an_index_answers(made: Path, tmp_path: Path, index: bytes | None) -> None:
    """Where there is no index that could be read, one is made elsewhere for this search, and it is said."""
    shutil.copytree(made, tmp_path / "w")
    file = Place(tmp_path / "w").search_index
    file.unlink()
    if index is not None:
        file.write_bytes(index)
    with read_only(tmp_path / "w"):
        (found,) = tell(tmp_path, ["search", "mooring", "-w", tmp_path / "w"])
    assert found[0] == 0
    assert "quay" in found[1]
    assert found[2].startswith("note: ")
    assert found[2].count("\n") == 1


@pytest.fixture(params=["writer alive", "writer killed"])
def unsettled(made: Path, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Path]:
    """A warehouse whose last commit stands only in the write-ahead log of its catalog."""
    live, left = tmp_path / "live", tmp_path / "left"
    shutil.copytree(made, live)
    with closing(sqlite3.connect(live / "catalog.sqlite")) as db:
        db.execute("pragma journal_mode = wal")
        with db:
            db.execute(
                "update ducklake_tag set value = 'kept' where key = 'comment' and end_snapshot is null and object_id"
                " in (select table_id from ducklake_table where table_name = 'documents')"
            )
        assert (live / "catalog.sqlite-wal").stat().st_size
        if request.param == "writer alive":
            yield live
        else:
            shutil.copytree(live, left, ignore=shutil.ignore_patterns("catalog.sqlite-shm"))
            yield left


def test_reader_sees_what_is_committed(unsettled: Path, tmp_path: Path) -> None:
    """A commit that stands in the write-ahead log only is seen, whether its writer lives or was killed."""
    with read_only(unsettled):
        (said,) = tell(
            tmp_path,
            ["sql", "select comment from duckdb_tables() where table_name = 'documents'", "-w", unsettled],
        )
    assert said == (0, "comment\nkept\n", "")
