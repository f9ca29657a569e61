"""The main job under Prefect: the same tables, its steps as tasks, all of Prefect below the warehouse."""

import ast
import json
import os
import random
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
from contextlib import closing, suppress
from dataclasses import dataclass
from functools import partial
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Event, Thread
from urllib.request import Request, urlopen

import pytest
import yaml
from slow_paper import SlowPaper, ingesting
from small_desk import write_desk
from small_warehouse import build_warehouse

from copydesk.flows.prefect_home import has_prefect_server
from copydesk.warehouse.connect import connect_reader, connect_writer
from copydesk.warehouse.ledger import list_attempts
from copydesk.warehouse.place import Place

SEEDS = Path(__file__).parent.parent.parent / "seeds" / "articles"
COPYDESK = (sys.executable, "-m", "copydesk")


@dataclass(frozen=True, slots=True)
class Ran:
    """A run under Prefect's own server: the folder that holds its warehouse `w` and home `home`, and what it told."""

    folder: Path
    told: subprocess.CompletedProcess[str]


def environment(**own: str) -> dict[str, str]:
    """Return an environment without what a user has told Prefect."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")} | own


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Ran:
    folder = tmp_path_factory.mktemp("ran")
    desk = write_desk(folder / "articles")
    for number in range(3):
        (desk / f"bad{number}.json").write_text('{"text": ')
    (folder / "home").mkdir()
    words = ("ingest", desk, "--prefect", "-w", folder / "w")
    own = environment(HOME=str(folder / "home"))
    told = subprocess.run([*COPYDESK, *words], env=own, capture_output=True, text=True, check=False)
    return Ran(folder, told)


@pytest.fixture
def migrated(ran: Ran, tmp_path: Path) -> Path:
    """A folder for a warehouse, with the home of Prefect that the run has left: to migrate a new one takes 5 s."""
    shutil.copytree(ran.folder / "w" / "prefect", tmp_path / "w" / "prefect")
    return tmp_path / "w"


@pytest.mark.prefect
@pytest.mark.slow
def test_the_flow_fills_the_tables_and_keeps_to_itself(ran: Ran) -> None:
    """A run under Prefect's own server: a task a source and one for the settling; nothing left behind.

    Its page bears the run's own name and source, a line a step, how far it is, and a summary. Where the command ends
    with 1 it failed there too, and its state, its log and its summary say why in the same words.
    """
    done, place = ran.told, Place(ran.folder / "w")
    assert done.returncode == 1, done.stderr
    assert done.stderr.count("\n") == 1
    why = done.stderr.removeprefix("copydesk: ").strip()
    assert why.startswith("3 of 6 ")
    assert "Boilerplate taken out" in done.stdout
    with connect_reader(place) as con:
        assert con.execute("select count(*) from articles").fetchall() == [(3,)]
    with closing(sqlite3.connect(place.prefect_database)) as db:
        runs = db.execute("select name, tags from flow_run where state_type = 'FAILED'").fetchall()
        [(told,)] = db.execute("select message from flow_run_state where type = 'FAILED'").fetchall()
        pages = dict(db.execute("select key, data from artifact").fetchall())
        lines = [message for (message,) in db.execute("select message from log where name = 'copydesk'")]
        names = {name.split("-")[0] for (name,) in db.execute("select name from task_run")}
    assert names >= {"take in articles", "settle"}
    assert not (ran.folder / "home" / ".prefect").exists()
    [(name, tags)] = runs
    assert name.endswith(" articles")
    assert {"copydesk", "articles"} <= {*json.loads(tags)}
    assert name.split()[0] in pages["copydesk-run"]
    assert why in told
    assert why in pages["copydesk-run"]
    assert any(why in line for line in lines)
    assert "| new | 3" in pages["copydesk-run"]
    assert float(pages["copydesk-progress"]) == 100.0
    assert any(line.startswith("step") and "step=stories" in line for line in lines)


def test_deployments_name_flows_and_their_parameters() -> None:
    """prefect.yaml leads to flows that are there, with parameters that they take."""
    root = Path(__file__).parent.parent.parent
    deployments = yaml.safe_load((root / "prefect.yaml").read_text("utf-8"))["deployments"]
    assert len(deployments) == 3
    for each in deployments:
        file, _, name = each["entrypoint"].partition(":")
        module = ast.parse((root / file).read_text("utf-8"))
        [flow] = [node for node in module.body if isinstance(node, ast.FunctionDef) and node.name == name]
        given, taken = set(each["parameters"]), [argument.arg for argument in flow.args.args]
        assert given <= set(taken)
        assert set(taken[: len(taken) - len(flow.args.defaults)]) <= given


@pytest.mark.parametrize(
    ("answer", "is_prefect"), [(b"true", True), (b"<p>a shop</p>", False), (None, False)]
)
def test_another_program_on_the_port_is_no_prefect_server(
    monkeypatch: pytest.MonkeyPatch, answer: bytes | None, *, is_prefect: bool
) -> None:
    """A run goes on without Prefect where something else listens on its port, or hangs up."""

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if answer is not None:
                self.send_response(200)
                self.end_headers()
                self.wfile.write(answer)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with HTTPServer(("127.0.0.1", 0), Answer) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        monkeypatch.delenv("PREFECT_API_URL", raising=False)
        monkeypatch.setenv("PREFECT_SERVER_API_PORT", str(server.server_port))
        assert has_prefect_server() is is_prefect
        server.shutdown()
    assert not has_prefect_server()


def free_port() -> int:
    """Return a port that nobody has, of those that the system gives to nobody: it is bound by a server only later."""
    for port in random.sample(range(20_000, 30_000), 100):
        with closing(socket.socket()) as tried, suppress(OSError):
            tried.bind(("127.0.0.1", port))
            return port
    raise AssertionError("no free port")


@pytest.mark.prefect
@pytest.mark.slow
@pytest.mark.filterwarnings("default")
@pytest.mark.usefixtures("few_checks")
def test_what_is_served_is_planned_and_the_check_leaves_its_results(tmp_path: Path, migrated: Path) -> None:
    """`copydesk schedule` brings runs: its server, which it ends with itself, plans them by the clocks.

    It says at once that it starts one, and Ctrl-C, which reaches both, shows no traceback. The check there: a lawful
    warehouse gives a green run, results in the table and an artifact; a broken law a red run.
    """
    (tmp_path / "sources.toml").write_text(f'[[source]]\nid = "desk"\nkind = "folder"\npath = "{SEEDS}"\n')
    port = free_port()
    command = [*COPYDESK, "schedule", "--sources", "sources.toml", "-w", str(migrated)]
    with (
        (tmp_path / "told").open("w") as told,
        subprocess.Popen(
            command,
            cwd=tmp_path,
            env=environment(PREFECT_SERVER_API_PORT=str(port)),
            stdout=told,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            # A suite that runs in the background of a shell has handed on that Ctrl-C is ignored.
            preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509 - a test's
        ) as served,
    ):
        try:
            asked = Request(
                f"http://127.0.0.1:{port}/api/flow_runs/filter",
                b'{"flow_runs": {"state": {"type": {"any_": ["SCHEDULED"]}}}}',
                {"Content-Type": "application/json"},
            )
            waiting, planned = Event(), []
            while not planned and served.poll() is None:
                with suppress(OSError), urlopen(asked, timeout=30) as answer:
                    planned = json.load(answer)
                waiting.wait(0.2)
            assert planned
            check_under(f"http://127.0.0.1:{port}/api", build_warehouse(tmp_path / "lawful"))
        finally:
            os.killpg(served.pid, signal.SIGINT)
            served.wait()
            with suppress(ProcessLookupError):
                os.killpg(served.pid, signal.SIGKILL)
    said = (tmp_path / "told").read_text()
    assert said.startswith(f"A Prefect server is started at http://127.0.0.1:{port}")
    assert "Traceback" not in said


def check_under(api: str, place: Place) -> None:
    """Check a lawful warehouse as a flow, and again with a broken law."""
    from prefect.client.orchestration import get_client
    from prefect.settings import PREFECT_API_URL, PREFECT_LOGGING_TO_API_ENABLED, temporary_settings

    from copydesk.flows.check_flow import BrokenLawsError, check_flow

    # What it would still send at the end of all tests finds no server.
    with temporary_settings({PREFECT_API_URL: api, PREFECT_LOGGING_TO_API_ENABLED: False}):
        count = check_flow(str(place.folder))
        with connect_reader(place) as con:
            assert con.execute("select count(*) from check_results").fetchall() == [(count,)]
        with connect_writer(place) as con:
            con.execute("delete from quarantine")
        with pytest.raises(BrokenLawsError, match="documents_lead_somewhere"):
            check_flow(str(place.folder))
        with get_client(sync_client=True) as client:
            found = client.request("POST", "/artifacts/filter", json={}).json()
    pages = [artifact["data"] for artifact in found if artifact["key"] == "data-quality"]
    assert sorted("FAIL" in page for page in pages) == [False, True]


@pytest.mark.slow
@pytest.mark.prefect
def test_a_signal_ends_a_run_in_one_line(tmp_path: Path, migrated: Path) -> None:
    """Its server is in the group that Ctrl-C reaches, while it waits for a page: one line of ours, nothing of its."""
    with SlowPaper() as paper:
        (tmp_path / "sources.toml").write_text(paper.source_list())
        with ingesting(migrated, "--prefect") as process:
            paper.is_asked.wait()
            os.killpg(process.pid, signal.SIGINT)
            out, said = process.communicate()
    stopped = "copydesk: stopped by SIGINT; run it again to go on\n"
    assert (process.returncode, out, said) == (130, "", stopped)
    assert [attempt.state for attempt in list_attempts(Place(migrated))] == ["stopped"]
