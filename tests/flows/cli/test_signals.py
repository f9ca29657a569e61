"""A signal ends a run between two batches: one line, a true ledger, no process left, and the next run goes on."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from slow_paper import PAGES, SlowPaper, ingesting

from copydesk.flows.ingest.plan import ingest
from copydesk.flows.settings import Settings
from copydesk.warehouse.connect import connect_reader
from copydesk.warehouse.ledger import list_attempts
from copydesk.warehouse.place import Place

PATIENCE = """
import time
from copydesk.flows.stopping import Stopped, gently, listening, stop_here
with listening(), gently():
    said = "ready"
    while True:
        print(said or "", end="\\n" * bool(said), flush=True)
        said = None
        time.sleep(0.01)
        try:
            stop_here()
        except Stopped as stopped:
            said = str(stopped)
"""

LOADING = """
from copydesk.flows.stopping import leaving_at_once, listening
with listening(), leaving_at_once():
    print("ready", flush=True)
    while True:
        try:
            sum(range(1000))
        except BaseException:
            print("went on")
"""
QUERY = '''
from pathlib import Path
from copydesk.flows.stopping import listening, stopped_by
from copydesk.warehouse.attach import attach_to_write
from copydesk.warehouse.place import Place

def tell() -> int:
    print("ready", flush=True)
    return 1

def hear() -> None:
    """Python hears a signal where a function begins: the query may have been broken off just before."""

with listening(), attach_to_write(Place(Path("w"))) as con:
    con.create_function("tell", tell, [], "integer", side_effects=True)
    try:
        try:
            con.execute("select sum(t.a + u.b) from (select tell() as b) u, range(100000000000) t(a), range(100000000)").fetchall()
        finally:
            hear()
    except BaseException:
        print(stopped_by().name)
'''


@pytest.fixture(autouse=True)
def heard() -> Iterator[None]:
    """A build may have been started with signals ignored, which its children would inherit."""
    heard = {each: signal.getsignal(each) for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    for each, handler in heard.items():
        signal.signal(each, signal.SIG_DFL if handler is signal.SIG_IGN else handler)
    yield
    for each, handler in heard.items():
        signal.signal(each, handler)


@pytest.fixture
def paper() -> Iterator[SlowPaper]:
    with SlowPaper() as server:
        yield server


@pytest.fixture
def place(tmp_path: Path, paper: SlowPaper) -> Place:
    (tmp_path / "sources.toml").write_text(paper.source_list())
    return Place(tmp_path / "w")


def test_a_signal_ends_a_run_in_one_line(
    monkeypatch: pytest.MonkeyPatch, paper: SlowPaper, place: Place
) -> None:
    """Sent to the whole group, as by a service manager, while the run waits for a page; the next goes on.

    That the streams come to their end shows that no process which had them is left. (Ctrl-C: test_prefect.py.)
    """
    with ingesting(place.folder, "--no-prefect") as process:
        paper.is_asked.wait()
        os.killpg(process.pid, signal.SIGTERM)
        out, said = process.communicate()
    assert (process.returncode, out, said) == (
        128 + signal.SIGTERM,
        "",
        "copydesk: stopped by SIGTERM; run it again to go on\n",
    )
    assert [attempt.state for attempt in list_attempts(place)] == ["stopped"]
    paper.is_released.set()
    monkeypatch.setenv("COPYDESK_ALLOW_PRIVATE_HOSTS", "127.0.0.1")
    ingest(settings=Settings(warehouse=place.folder, sources=place.folder.parent / "sources.toml", workers=1))
    assert [attempt.state for attempt in list_attempts(place)] == ["done", "stopped"]
    with connect_reader(place) as con:
        counted = con.execute("select count(*), count(distinct url) from documents").fetchall()
    assert counted == [(PAGES, PAGES)]


def patient(*ignored: signal.Signals) -> "subprocess.Popen[str]":
    """Start a process that says which signal it has heard, again and again."""
    return subprocess.Popen(
        [sys.executable, "-c", PATIENCE],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        preexec_fn=lambda: [signal.signal(number, signal.SIG_IGN) for number in ignored],  # noqa: PLW1509 - a test's
    )


def test_a_second_signal_kills_at_once() -> None:
    """Whoever asks twice is not made to wait for the end of a batch."""
    with patient() as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        process.send_signal(signal.SIGHUP)
        assert process.stdout.readline() == "SIGHUP\n"
        process.send_signal(signal.SIGTERM)
        process.communicate()
    assert process.returncode == -signal.SIGTERM


def test_what_is_ignored_stays_ignored() -> None:
    """Under `nohup` the end of a session does not end a run."""
    with patient(signal.SIGHUP) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        process.send_signal(signal.SIGHUP)
        process.send_signal(signal.SIGTERM)
        assert process.stdout.readline() == "SIGTERM\n"
        process.kill()


def python(code: str, folder: Path) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", code],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=folder,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )


def sent(process: "subprocess.Popen[str]", number: signal.Signals) -> tuple[int, str, str]:
    """Send a signal once the process is ready; return its exit code and what it then said."""
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    process.send_signal(number)
    out, said = process.communicate()
    return process.returncode, out, said


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP], ids=lambda each: each.name)
def test_a_signal_ends_a_command_that_still_loads(tmp_path: Path, number: signal.Signals) -> None:
    """On the spot, whatever the modules that are loaded make of an exception: one line, the code of the signal."""
    with python(LOADING, tmp_path) as process:
        said = f"copydesk: stopped by {number.name}; run it again to go on\n"
        assert sent(process, number) == (128 + number, "", said)


@pytest.mark.parametrize(
    ("before", "after"),
    [("default_int_handler", "SIG_DFL"), ("SIG_IGN", "SIG_IGN")],
    ids=["heard", "ignored"],
)
def test_ctrl_c_is_no_traceback_before_anybody_listens(tmp_path: Path, before: str, after: str) -> None:
    """While the door itself loads, Ctrl-C ends the process as it ends any other; where it is ignored it stays so."""
    code = f"import signal as s; s.signal(s.SIGINT, s.{before}); import copydesk.__main__; print(s.getsignal(s.SIGINT).name)"
    with python(code, tmp_path) as process:
        assert process.communicate() == (f"{after}\n", "")


def test_a_signal_ends_a_long_query(tmp_path: Path) -> None:
    """DuckDB is at work, and Python hears nothing: the query is broken off, and the command ends as it always does."""
    with python(QUERY, tmp_path) as process:
        assert sent(process, signal.SIGTERM) == (0, "SIGTERM\n", "")


def test_the_same_signal_twice_at_once_is_one_wish() -> None:
    """`timeout` signals a command, and then all of its group."""
    with patient() as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        process.send_signal(signal.SIGHUP)
        assert process.stdout.readline() == "SIGHUP\n"
        process.send_signal(signal.SIGHUP)
        process.send_signal(signal.SIGTERM)
        process.communicate()
    assert process.returncode == -signal.SIGTERM
