"""What the machine does to a command: the first cause in one line, exit code 1, and nothing half done."""

import os
import shutil
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import duckdb
import pytest
from own_rule import write_rule
from small_desk import run

from copydesk.flows.cli.judge_error import judge_error
from copydesk.flows.cli.machine_fault import machine_fault
from copydesk.flows.ingest.plan import ingest
from copydesk.flows.settings import Settings
from copydesk.warehouse.connect import connect_reader
from copydesk.warehouse.ledger import list_attempts
from copydesk.warehouse.place import Place
from tests.postgres_server import Server
from tests.run_commands import run_commands
from tests.unprivileged import unprivileged

PASSWORD = "hunter2-of-the-desk"
ARTICLE = (
    "Lock keepers of Tarn Bridge {}\n\nBy Wilma Trent\n\nThe keepers of the lock at Tarn Bridge counted {} barges"
    " before noon.\n\n“We open when the water says so,” said the eldest, Otto Lisle, and went back to his gauge.\n"
)
HOLD = """
import sqlite3, sys
db = sqlite3.connect(sys.argv[1], isolation_level=None)
db.execute("begin immediate")
db.execute("insert into ducklake_metadata values ('held', 'by another', null, null)")
print("held", flush=True)
sys.stdin.readline()
"""


def write_articles(folder: Path, count: int) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        (folder / f"{number}.txt").write_text(ARTICLE.format(number, number * 31 + 7), "utf-8")
    return folder


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("faults")
    settings = Settings(warehouse=folder / "w", workers=1)
    ingest([write_articles(folder / "desk", 1)], settings=settings)
    return folder / "w"


def one_line(said: str) -> str:
    assert said.startswith("copydesk: "), said
    assert said.count("\n") == 1, said
    assert "Traceback" not in said
    assert PASSWORD not in said
    return said


READING = {
    "sql": ["sql", "from articles"],
    "show": ["show", "0.txt"],
    "search": ["search", "barges"],
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
    place = Place(tmp_path / "w")
    settings = Settings(warehouse=place.folder, workers=1)
    ingest([write_articles(tmp_path / "desk", 1)], settings=settings)
    desk = write_articles(tmp_path / "desk", 2)
    words = {"ingest": ["ingest", str(desk), "-w", str(place.folder), "--no-prefect", "--workers", "1"]}
    # In a process of its own: locks of files hold between processes only.
    hold = [sys.executable, "-c", HOLD, str(place.sqlite)]
    with subprocess.Popen(hold, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        code, _, said = run_commands(tmp_path / "held", words)["ingest"]
        other.communicate("release\n")
    assert code == 1
    assert "locked by another process" in one_line(said)
    assert "rollback" not in said
    assert [attempt.state for attempt in list_attempts(place)] == ["failed", "done"]
    assert ingest([desk], settings=settings).new_count == 1
    with connect_reader(place) as con:
        assert con.execute("select count(*) from articles").fetchall() == [(2,)]


def test_a_full_disk_is_named_and_costs_nothing(tmp_path: Path) -> None:
    """A file that can grow no further: one line, code 1; with room again the next run brings all, once."""
    place = Place(tmp_path / "w")
    desk = write_articles(tmp_path / "desk", 2)
    noise = "\n\n".join(os.urandom(400).hex() for _ in range(1_500))
    (desk / "long.txt").write_text(f"A very long list of numbers\n\n{noise}\n")
    words = {"ingest": ["ingest", str(desk), "-w", str(place.folder), "--no-prefect", "--workers", "1"]}
    code, _, said = run_commands(tmp_path / "full", words, before=_no_large_files)["ingest"]
    assert code == 1
    assert "the disk is full" in one_line(said)
    assert [attempt.state for attempt in list_attempts(place)] == ["failed"]
    ingest([desk], settings=Settings(warehouse=place.folder, workers=1))
    with connect_reader(place) as con:
        assert con.execute("select count(*), count(distinct origin) from documents").fetchall() == [(3, 3)]


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


def _no_large_files() -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_FSIZE, (600_000, 600_000))


def test_what_cannot_be_read_is_told_as_long_as_it_lasts(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """A closed folder and a closed file: named and code 1 in each run, one row each, and none once they were read."""
    desk, place = write_articles(tmp_path / "desk", 2), Place(tmp_path / "w")
    write_articles(desk / "inner", 1)
    closed = (desk / "inner", desk / "1.txt")
    ingest_desk = ["ingest", str(desk), "-w", str(place.folder), "--no-prefect", "--workers", "1"]
    for part in closed:
        part.chmod(0)
    found = run_commands(tmp_path / "said", {"first": ingest_desk, "again": ingest_desk}, before=unprivileged)
    assert [told.code for told in found.values()] == [1, 1]
    standing = "select origin, reason from documents_in_quarantine order by 1"
    with connect_reader(place) as con:
        assert con.execute(standing).fetchall() == [
            ("1.txt", "unreadable_file"),
            ("inner", "unreadable_folder"),
        ]
        (notes,) = con.execute("select any_value(notes) from runs").fetchall()
    assert any("inner: cannot be listed" in note for note in notes[0])
    for part in closed:
        part.chmod(0o755)
    assert run(monkeypatch, *ingest_desk) == 0
    assert capsys.readouterr().err == ""
    with connect_reader(place) as con:
        assert con.execute(standing).fetchall() == []
        assert con.execute("select count(*) from articles").fetchall() == [(3,)]


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


def test_a_cause_is_told_in_whole_words() -> None:
    """Of a message that quotes a long statement what stands around the cause is told, and no word of it is cut."""
    before, after = (" ".join(f"{side}{number}" for number in range(90)) for side in ("before", "after"))
    said = machine_fault(duckdb.IOException(f"{before} connection to server {after}"))
    assert said is not None
    told = said.partition("(")[2].rstrip(")").split()
    assert {told[0], told[-1]} == {"..."}
    assert set(told[1:-1]) <= {*before.split(), *after.split(), "connection", "to", "server"}


def test_a_worker_whose_command_is_gone_ends_in_silence() -> None:
    """Half a message from a command that was killed is no news; any other end of a process is."""
    script = (
        "import sys, copydesk.flows.workers.warm_worker\n"
        "sys.excepthook(EOFError, EOFError('half a message'), None)\n"
        "raise ValueError('of ours')"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "half a message" not in done.stderr
    assert done.stderr.endswith("ValueError: of ours\n")


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
    reading = [name for name in READING if name != "replay"]
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
        "ingest": ["ingest", str(write_articles(tmp_path / "desk", 1)), "-w", str(place), "--no-prefect"],
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
    words = {name: words_of(name, warehouse, tmp_path) for name in READING if "replay" not in name}
    words["clean"] = ["clean", str(warehouse.parent / "desk")]
    words["ingest"] = [
        "ingest",
        str(warehouse.parent / "desk"),
        "-w",
        str(warehouse),
        "--no-prefect",
        "--workers",
        "1",
    ]
    found = run_commands(tmp_path / "said", words, is_stdout_closed=True)
    assert found == dict.fromkeys(words, (0, "", ""))


def test_bytes_that_are_no_text_are_told(tmp_path: Path, warehouse: Path) -> None:
    """A name of a file may be any bytes, and is read; as a query, a name or a folder of ours they are wrong use."""
    strange = os.fsdecode(b"caf\xe9.txt")
    shutil.copyfile(warehouse.parent / "desk" / "0.txt", tmp_path / strange)
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


def test_what_is_written_to_a_file_is_utf_8(warehouse: Path) -> None:
    """Also where the locale has other letters, or none but the first 128."""
    words = [sys.executable, "-m", "copydesk", "sql", "select '“北京”' as city", "-w", str(warehouse)]
    for encoding in ("latin-1", "ascii"):
        environment = os.environ | {"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}
        done = subprocess.run(words, env=environment, capture_output=True, check=False)
        assert (done.returncode, done.stdout.decode()) == (0, "city\n“北京”\n")


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


@pytest.mark.parametrize("name", ["sql", "replay"])
@pytest.mark.parametrize(
    "login", ["host=127.0.0.1 port=9 user=desk password={} dbname=x", "postgresql://desk:{}@127.0.0.1:9/x"]
)
def test_a_server_that_does_not_answer_is_named_without_its_password(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path, name: str, login: str
) -> None:
    """A refused connection: one line, code 1, no password in it, and nothing begun."""
    monkeypatch.setenv("COPYDESK_CATALOG", login.format(PASSWORD))
    assert run(monkeypatch, *words_of(name, tmp_path / "w", tmp_path)) == 1
    assert "does not answer" in one_line(capsys.readouterr().err)


def test_what_raises_for_a_server_says_no_password(tmp_path: Path) -> None:
    """Who calls `replay` from code sees the cause, and not the login."""
    from copydesk.flows.replay import replay

    login = f"host=127.0.0.1 port=9 user=desk password='{PASSWORD}' dbname=x"
    settings = Settings(warehouse=tmp_path, catalog=login, workers=1)
    with pytest.raises(duckdb.IOException, match="Connection refused") as raised:
        replay(settings)
    assert PASSWORD not in str(raised.value)


def test_a_refused_login_is_named_without_its_password(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path, postgres: Server
) -> None:
    """A wrong password at a real server: one line, code 1, and the password isn't in it."""
    monkeypatch.setenv("COPYDESK_CATALOG", f"{postgres.address} password={PASSWORD} dbname=postgres")
    assert run(monkeypatch, "sql", "select 1", "-w", tmp_path / "w") == 1
    assert "refuses the login" in one_line(capsys.readouterr().err)


FAULTS: dict[str, tuple[Exception, str]] = {
    "full": (OSError(28, "No space left on device", "/w/x"), "the disk is full"),
    "read-only mount": (OSError(30, "Read-only file system", "/w/x"), "the disk can only be read"),
    "full, in SQLite": (sqlite3.OperationalError("database or disk is full"), "the disk is full"),
    "locked, in DuckLake": (
        duckdb.TransactionException(
            "TransactionContext Error: Failed to commit: Failed to commit DuckLake transaction.\n"
            "Failed to flush changes into DuckLake: database is locked"
        ),
        "locked by another process",
    ),
    "nameless": (
        duckdb.Error('Failed to execute "PRAGMA journal_mode=WAL": database is locked'),
        "locked by another",
    ),
    "conflict": (
        duckdb.TransactionException("Transaction conflict - attempting to delete"),
        "another run wrote",
    ),
    "memory": (
        duckdb.OutOfMemoryException("Out of Memory Error: failed to allocate"),
        "COPYDESK_DATABASE_MEMORY",
    ),
    "no such database": (
        duckdb.IOException('connection to server at "db" failed: FATAL: database "news" does not exist'),
        "the catalog's server has no such database",
    ),
    "refused keys": (
        duckdb.HTTPException("HTTP GET error reading 's3://news/x.parquet' (HTTP 403 Forbidden)"),
        "the store refuses the keys",
    ),
    "unknown": (OSError(5, "Something new"), "the machine failed"),
}


@pytest.mark.parametrize(("error", "wanted"), FAULTS.values(), ids=FAULTS.keys())
def test_a_fault_is_told_by_its_cause(error: Exception, wanted: str) -> None:
    """What the libraries say becomes the cause and what to do; their own words stand behind it."""
    sentence = machine_fault(error)
    assert sentence is not None
    assert sentence.startswith(wanted) or wanted in sentence
    assert judge_error(error).code == 1


def test_a_bug_is_called_one() -> None:
    """Whatever nobody foresaw: a line that calls it a bug of ours, code 1, the traceback after it."""
    try:
        {}["nothing"]
    except KeyError as error:
        verdict = judge_error(error)
    assert verdict.code == 1
    assert "a bug of copydesk" in verdict.line
    assert verdict.details.startswith("Traceback")


def test_a_wrong_setting_is_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """It names the setting and what it should be; never what was given, which may be a secret."""
    monkeypatch.setenv("COPYDESK_WORKERS", PASSWORD)
    assert run(monkeypatch, "runs") == 2
    assert "COPYDESK_WORKERS: " in one_line(capsys.readouterr().err)
