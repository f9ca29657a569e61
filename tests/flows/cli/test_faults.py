"""What the machine does to a command: the first cause in one line, exit code 1, and nothing half done."""

import os
import resource
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path

import pytest
from forked import close_output, fork, run_commands
from own_rule import write_rule
from small_desk import ingest_desk, made_desk, run
from unprivileged import unprivileged

from copydesk.warehouse.connect import connect_reader
from copydesk.warehouse.ledger import list_attempts
from copydesk.warehouse.place import Place

HOLD = """
import sqlite3, sys
db = sqlite3.connect(sys.argv[1], isolation_level=None)
db.execute("begin immediate")
db.execute("insert into ducklake_metadata values ('held', 'by another', null, null)")
print("held", flush=True)
sys.stdin.readline()
"""


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made_desk(tmp_path_factory.mktemp("faults")) / "w"


def one_line(said: str) -> str:
    assert said.startswith("copydesk: "), said
    assert said.count("\n") == 1, said
    assert "Traceback" not in said
    return said


def ingest_words(desk: Path, place: Place) -> list[str]:
    words = ["ingest", str(desk), "--source", "desk", "-w", str(place.folder)]
    return [*words, "--no-prefect", "--workers", "1"]


def add_article(desk: Path, name: str) -> Path:
    """Copy an article of the desk, with words of its own; return it."""
    article = desk / name
    article.write_text((desk / "quay.txt").read_text("utf-8").replace("rings", name), "utf-8")
    return article


READING = {
    "sql": ["sql", "from articles"],
    "show": ["show", "quay.txt"],
    "search": ["search", "mooring"],
    "runs": ["runs"],
    "check": ["check"],
    "report": ["report", "--out", "{out}/report"],
    "export": ["export", "{out}/all.duckdb"],
    "rules": ["rules", "test", "{out}/own.toml"],
    "dry replay": ["replay", "--dry-run", "--workers", "1"],
    "replay": ["replay", "--workers", "1"],
}


def words_of(name: str, warehouse: Path, out: Path) -> list[str]:
    write_rule(out / "own.toml")
    return [*(word.format(out=out) for word in READING[name]), "--warehouse", str(warehouse)]


@pytest.mark.parametrize("name", READING)
def test_no_warehouse_is_said_in_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path, name: str
) -> None:
    """A command that reads says that there is no warehouse, with code 2, and makes none."""
    assert run(monkeypatch, *words_of(name, tmp_path / "none", tmp_path)) == 2
    assert "no warehouse in" in one_line(capsys.readouterr().err)
    assert not (tmp_path / "none").exists()


def test_a_locked_catalog_is_named_and_costs_nothing(tmp_path: Path) -> None:
    """While another process holds the catalog: its lock in one line, code 1, no row; afterwards the run goes on."""
    desk, place = made_desk(tmp_path) / "desk", Place(tmp_path / "w")
    add_article(desk, "new.txt")
    # In a process of its own: locks of files hold between processes only.
    hold = [sys.executable, "-c", HOLD, str(place.sqlite)]
    with subprocess.Popen(hold, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        code, _, said = run_commands(tmp_path / "held", {"ingest": ingest_words(desk, place)})["ingest"]
        other.communicate("release\n")
    assert code == 1
    assert "locked by another process" in one_line(said)
    assert "rollback" not in said
    assert [attempt.state for attempt in list_attempts(place)] == ["failed", "done"]
    assert ingest_desk(desk, place.folder).new_count == 1
    with connect_reader(place) as con:
        assert con.execute("select count(*) from articles").fetchall() == [(4,)]


def test_a_full_disk_is_named_and_costs_nothing(tmp_path: Path) -> None:
    """A file that can grow no further: one line, code 1; with room again the next run brings all, once."""
    desk, place = made_desk(tmp_path) / "desk", Place(tmp_path / "w")
    noise = "\n\n".join(os.urandom(400).hex() for _ in range(1_000))
    (desk / "long.txt").write_text(f"A very long list of numbers\n\n{noise}\n")
    words = {"ingest": ingest_words(desk, place)}
    no_large_files = partial(resource.setrlimit, resource.RLIMIT_FSIZE, (380_000, 380_000))
    code, _, said = run_commands(tmp_path / "full", words, before=no_large_files)["ingest"]
    assert code == 1
    assert "the disk is full" in one_line(said)
    assert [attempt.state for attempt in list_attempts(place)] == ["failed", "done"]
    ingest_desk(desk, place.folder)
    with connect_reader(place) as con:
        assert con.execute("select count(*), count(distinct origin) from documents").fetchall() == [(4, 4)]


def test_a_message_cannot_speak_to_the_terminal(tmp_path: Path, warehouse: Path) -> None:
    """What is quoted in an error (a name, a query with its place) stands there without its control characters."""
    words = {
        "ingest": ["ingest", f"{tmp_path}/\x1b[31mgone", "-w", str(warehouse)],
        "sql": ["sql", "select \x1b[31m", "-w", str(warehouse)],
        "clean": ["clean", f"{tmp_path}/\x1b[31mgone"],
    }
    for name, told in run_commands(tmp_path / "said", words).items():
        assert told.code == 2
        assert "\x1b" not in (told.err if name == "sql" else one_line(told.err))


def test_what_cannot_be_read_is_told_as_long_as_it_lasts(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """A closed folder and a closed file: named and code 1 in each run, one row each, and none once they were read."""
    desk, place = made_desk(tmp_path) / "desk", Place(tmp_path / "w")
    closed = (desk / "inner", add_article(desk, "new.txt"))
    closed[0].mkdir()
    add_article(desk, "other.txt").rename(closed[0] / "other.txt")
    words = ingest_words(desk, place)
    for part in closed:
        part.chmod(0)
    found = run_commands(tmp_path / "said", {"first": words, "again": words}, before=unprivileged)
    assert [told.code for told in found.values()] == [1, 1]
    standing = "select origin, reason from documents_in_quarantine order by 1"
    with connect_reader(place) as con:
        assert con.execute(standing).fetchall() == [
            ("inner", "unreadable_folder"),
            ("new.txt", "unreadable_file"),
        ]
        (notes,) = con.execute("select arg_max(notes, started_at) from runs").fetchall()
    assert any("inner: cannot be listed" in note for note in notes[0])
    for part in closed:
        part.chmod(0o755)
    assert run(monkeypatch, *words) == 0
    assert capsys.readouterr().err == ""
    with connect_reader(place) as con:
        assert con.execute(standing).fetchall() == []
        assert con.execute("select count(*) from articles").fetchall() == [(5,)]


@pytest.mark.parametrize("name", ["sql", "check", "report", "export"])
def test_nothing_is_written_into_the_warehouse_to_be_read(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], warehouse: Path, name: str
) -> None:
    """A command that gives something to read refuses a place in the warehouse: its catalog would be written over."""
    before = {path: path.read_bytes() for path in warehouse.glob("*.sqlite")}
    target = warehouse / "catalog.sqlite"
    words = {
        "sql": ["sql", "select 1", "--out", target],
        "check": ["check", "--no-store", "--out", target],
        "report": ["report", "--out", warehouse / "files" / "main"],
        "export": ["export", warehouse / "files" / "new.duckdb"],
    }
    assert run(monkeypatch, *words[name], "-w", warehouse) == 2
    assert "lies in the warehouse itself" in one_line(capsys.readouterr().err)
    assert {path: path.read_bytes() for path in warehouse.glob("*.sqlite")} == before


def test_a_worker_whose_command_is_gone_ends_in_silence(tmp_path: Path) -> None:
    """Half a message from a command that was killed is no news; any other end of a process is."""
    ends = "EOFError('half a message')", "ValueError('of ours')"
    code = "import sys\n" + "".join(f"sys.excepthook(type({end}), {end}, None)\n" for end in ends)
    assert fork(tmp_path / "said", exec, code, {}).told() == (0, "", "ValueError: of ours\n")


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own with 16 MB, which only root can have."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", str(disk)], check=False, stderr=subprocess.DEVNULL
    )
    if mount.returncode:
        pytest.skip("no disk can be mounted here")
    yield disk
    subprocess.run(["umount", "--lazy", str(disk)], check=True)


def test_on_a_full_disk_can_be_read(small_disk: Path, warehouse: Path) -> None:
    """Without room for the files that SQLite wants beside its own, whatever reads goes on, and a run goes on later."""
    place = shutil.copytree(warehouse, small_disk / "w")
    with suppress(OSError), (small_disk / "fill").open("wb") as file:
        while file.write(bytes(4_096)):
            file.flush()
    reading = ("sql", "search", "runs", "check", "dry replay")
    words = {name: words_of(name, place, warehouse.parent) for name in reading}
    found = run_commands(warehouse.parent / "said", words)
    assert {name: told.code for name, told in found.items()} == dict.fromkeys(words, 0), found


def test_a_folder_without_the_right_to_write_is_named(tmp_path: Path, warehouse: Path) -> None:
    """Of the warehouse, or of what a command writes to: one line that says so, code 1, and nothing is written."""
    closed, place = tmp_path / "closed", tmp_path / "w"
    closed.mkdir()
    place.mkdir()
    for folder in (closed, place):
        folder.chmod(0o555)
    words = {
        "ingest": ["ingest", str(warehouse.parent / "desk"), "-w", str(place), "--no-prefect"],
        "sql": ["sql", "select 1", "--out", str(closed / "x.csv"), "-w", str(warehouse)],
        "check": ["check", "--no-store", "--out", str(closed / "x.txt"), "-w", str(warehouse)],
        "report": ["report", "--out", str(closed / "report"), "-w", str(warehouse)],
        "export": ["export", str(closed / "all.duckdb"), "-w", str(warehouse)],
        "export parquet": ["export", str(closed / "all"), "-f", "parquet", "-w", str(warehouse)],
    }
    found = run_commands(tmp_path / "said", words, before=unprivileged)
    assert {name: told.code for name, told in found.items()} == dict.fromkeys(words, 1), found
    for told in found.values():
        assert "permission denied" in one_line(told.err)
    assert not list(closed.iterdir())
    assert not list(place.iterdir())


def test_a_reader_of_standard_output_may_leave(tmp_path: Path, warehouse: Path) -> None:
    """Closed standard output, as after `| head`: silence and code 0, whatever prints, and in the tables all is done."""
    words = {name: words_of(name, warehouse, tmp_path) for name in ("sql", "show", "runs", "rules")}
    words["clean"] = ["clean", str(warehouse.parent / "desk")]
    words["ingest"] = ingest_words(warehouse.parent / "desk", Place(warehouse))
    found = run_commands(tmp_path / "said", words, before=close_output)
    assert found == dict.fromkeys(words, (0, "", ""))


def test_bytes_that_are_no_text_are_told(tmp_path: Path, warehouse: Path) -> None:
    """A name of a file may be any bytes, and is read; as a query, a name or a folder of ours they are wrong use."""
    strange = os.fsdecode(b"caf\xe9.txt")
    shutil.copyfile(warehouse.parent / "desk" / "quay.txt", tmp_path / strange)
    words = {
        "show": ["show", strange, "-w", str(warehouse)],
        "sql": ["sql", f"select '{strange}'", "-w", str(warehouse)],
        "search": ["search", strange, "-w", str(warehouse)],
        "forget": ["forget", strange, "--reason", "x", "-w", str(warehouse)],
        "backup": ["backup", str(tmp_path / strange), "-w", str(warehouse)],
        "ingest": ["ingest", str(warehouse.parent / "desk"), "-w", str(tmp_path / f"{strange}-w")],
    }
    found = run_commands(tmp_path / "said", words)
    assert {name: told.code for name, told in found.items()} == dict.fromkeys(words, 2), found
    for told in found.values():
        assert "is no UTF-8" in one_line(told.err)
    read = run_commands(tmp_path / "read", {"clean": ["clean", str(tmp_path / strange)]})
    assert read["clean"].code == 0


@pytest.mark.parametrize("encoding", ["latin-1", "ascii"])
def test_what_is_written_to_a_file_is_utf_8(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, warehouse: Path, encoding: str
) -> None:
    """Also where the locale has other letters, or none but the first 128."""
    monkeypatch.setenv("PYTHONIOENCODING", encoding)
    words = {"sql": ["sql", "select '“北京”' as city", "-w", str(warehouse)]}
    assert run_commands(tmp_path / "said", words)["sql"] == (0, "city\n“北京”\n", "")


def test_another_broken_pipe_is_a_fault(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path, warehouse: Path
) -> None:
    """Only the reader of standard output may leave: any other pipe that breaks is told in one line, with code 1."""
    monkeypatch.setattr(sys, "stdout", sys.stdout)  # Typer puts something of its own there
    os.mkfifo(tmp_path / "pipe")
    reader = threading.Thread(target=lambda: (tmp_path / "pipe").open("rb").close())
    reader.start()
    query = "select repeat('x', 100000) from range(100)"
    assert run(monkeypatch, "sql", query, "--out", tmp_path / "pipe", "-w", warehouse) == 1
    reader.join()
    assert "Broken pipe" in one_line(capsys.readouterr().err)
