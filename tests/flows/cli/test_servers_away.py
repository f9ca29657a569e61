"""Servers that do not answer: awaited for a bounded time, and on record where that was not enough."""

from pathlib import Path

import pytest
from postgres_server import Server
from small_desk import Copydesk, write_desk

from copydesk.flows.ingest.plan import ingest
from copydesk.flows.settings import Settings
from copydesk.warehouse.ledger import list_attempts


def test_a_catalog_that_is_away_is_awaited_and_its_ledger_told_later(
    tmp_path: Path, postgres: Server, monkeypatch: pytest.MonkeyPatch, copydesk: Copydesk
) -> None:
    """A run that can't begin stands in this machine's ledger until the server hears of it; one that waits long enough runs."""
    desk = write_desk(tmp_path / "desk")
    team = {"catalog": postgres.create("away"), "files": str(tmp_path / "files"), "workers": "1"}
    for name, value in team.items():
        monkeypatch.setenv(f"COPYDESK_{name.upper()}", value)
    monkeypatch.setenv("COPYDESK_METRICS_FILE", str(tmp_path / "desk.prom"))
    settings = Settings(warehouse=tmp_path / "home")
    words = ("ingest", desk, "-w", settings.warehouse, "--no-prefect")
    assert copydesk(*words)[0] == 0
    postgres.control("-m", "immediate", "stop")
    try:
        monkeypatch.setenv("COPYDESK_SERVER_SECONDS", "0")
        code, _, told = copydesk(*words)
        assert (code, told.count("\n")) == (1, 1)
        assert "does not answer, waited 0 s for it" in told
        code, shown, told = copydesk("runs", "-w", settings.warehouse)
        assert (code, "failed" in shown, "could not be told" in told) == (0, True, True)
        metrics = (tmp_path / "desk.prom").read_text()
        assert 'copydesk_untold_runs{flow="ingest",state="failed"} 1\n' in metrics
        assert "copydesk_servers_answer 0\n" in metrics
        monkeypatch.setenv("COPYDESK_SERVER_SECONDS", "60")

        def start(step: str, _count: int) -> None:
            if step == "server" and settings.place.untold.exists():
                postgres.control("start")

        told = ingest([desk], settings=Settings(warehouse=settings.warehouse), progress=start)
    finally:
        postgres.control("restart")
    assert (told.state, told.notes[0][:30]) == ("nothing_new", "a server answered at the try n")
    assert [each.state for each in list_attempts(settings.place)] == ["nothing_new", "failed", "done"]
    assert not settings.place.untold.exists()
    assert 'copydesk_runs_total{flow="ingest",state="failed"} 1\n' in (tmp_path / "desk.prom").read_text()
