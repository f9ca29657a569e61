"""Two machines, one warehouse: what one takes down stays out, at whatever moment of another's run it is asked for."""

import random
import signal
from pathlib import Path

import pytest
from empty_warehouse import shared_catalog
from every_file import files_with
from forked import fork_ingest
from postgres_server import Server

from copydesk.flows.ingest.plan import ingest
from copydesk.flows.settings import Settings
from copydesk.warehouse.connect import connect_reader
from tests.flows.test_forget import GONE, NOW, SENTENCE, rows, taken_down, write


@pytest.mark.slow
def test_what_is_taken_down_beside_a_run_that_dies_stays_out(tmp_path: Path, postgres: Server) -> None:
    """Whichever commits first, the takedown or a run that is killed: no row and no file of either machine holds it
    once the next run has come. (Runs that go on, and that break off: `tests/flows/test_kept_on_servers.py`.)"""
    write(tmp_path / "given" / "before", rows()[:1])
    write(tmp_path / "given" / "rows", rows())
    files = tmp_path / "files"
    team = {"catalog": shared_catalog(postgres, "beside", files), "files": str(files)}
    home, other = (Settings(warehouse=tmp_path / name, workers=1, **team) for name in ("home", "other"))
    ingest([tmp_path / "given" / "before"], settings=other, source="before", now=NOW)
    run = fork_ingest(tmp_path / "said", [tmp_path / "given" / "rows"], warehouse=home.warehouse, **team)
    run.wait(random.Random(14).uniform(0, 3))
    taken_down(other)
    run.process.kill()
    assert run.wait() in {0, -signal.SIGKILL}
    ingest([tmp_path / "given" / "rows"], settings=home, now=NOW)
    with connect_reader(other.place) as con:
        urls = [url for (url,) in con.execute("select url from documents").fetchall()]
    assert len(urls) == len(rows())  # one of them twice, from two sources
    assert GONE not in urls
    assert files_with(tmp_path, SENTENCE, "eel-warden", "Quarrington") == ["given/rows/rows.jsonl"]
