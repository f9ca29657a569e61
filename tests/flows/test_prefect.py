"""The main job under Prefect: the same tables, its steps as tasks, all of Prefect below the warehouse."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from warehouse.connect import connect_reader
from warehouse.place import Place

SEEDS = Path(__file__).parent.parent.parent / "seeds" / "articles"


@pytest.mark.prefect
@pytest.mark.slow
def test_the_flow_fills_the_tables_and_keeps_to_itself(tmp_path: Path) -> None:
    """A run under Prefect's own server: done, with a task a source and one for the settling; nothing left behind."""
    home = tmp_path / "home"
    home.mkdir()
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    command = [
        sys.executable,
        "-m",
        "flows.cli.main",
        "ingest",
        str(SEEDS),
        "--prefect",
        "-w",
        str(tmp_path / "w"),
    ]
    done = subprocess.run(
        command,
        env=environment | {"HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
        timeout=280,
    )
    assert done.returncode == 0, done.stderr
    assert "Boilerplate taken out" in done.stdout
    with connect_reader(Place((tmp_path / "w").resolve())) as con:
        assert con.execute("select count(*) >= 14 from articles").fetchall() == [(True,)]
    with closing(sqlite3.connect(tmp_path / "w" / "prefect" / "prefect.db")) as db:
        assert db.execute("select count(*) from flow_run where state_type = 'COMPLETED'").fetchall() == [(1,)]
        names = {name.split("-")[0] for (name,) in db.execute("select name from task_run")}
    assert names >= {"take in articles", "settle"}
    assert not (home / ".prefect").exists()
