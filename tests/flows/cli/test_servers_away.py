"""Servers that do not answer or refuse: named without a password, awaited for a bounded time, and on record."""

from pathlib import Path

import duckdb
import pytest
from empty_warehouse import shared_catalog
from postgres_server import Server
from small_desk import Copydesk, write_desk

from copydesk.flows.ingest.plan import ingest
from copydesk.flows.replay import replay
from copydesk.flows.settings import Settings
from copydesk.warehouse.ledger import list_attempts

PASSWORD = "hunter2-of-the-desk"


def one_line(told: tuple[int, str, str]) -> str:
    """Return the one line of what the machine failed."""
    code, out, said = told
    assert (code, out, said.count("\n")) == (1, "", 1), told
    assert PASSWORD not in said
    return said


def test_a_catalog_that_is_away_is_awaited_and_its_ledger_told_later(
    tmp_path: Path, postgres: Server, monkeypatch: pytest.MonkeyPatch, copydesk: Copydesk
) -> None:
    """A run that can't begin stands in this machine's ledger until the server hears of it; one that waits long enough runs."""
    desk = write_desk(tmp_path / "desk")
    files = tmp_path / "files"
    team = {"catalog": shared_catalog(postgres, "away", files), "files": str(files), "workers": "1"}
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


@pytest.mark.parametrize("name", ["sql", "replay"])
@pytest.mark.parametrize(
    "login", ["host=127.0.0.1 port=9 user=desk password={} dbname=x", "postgresql://desk:{}@127.0.0.1:9/x"]
)
def test_a_server_that_does_not_answer_is_named_without_its_password(
    monkeypatch: pytest.MonkeyPatch, copydesk: Copydesk, tmp_path: Path, name: str, login: str
) -> None:
    """A refused connection: one line, code 1, no password in it, and nothing begun."""
    monkeypatch.setenv("COPYDESK_CATALOG", login.format(PASSWORD))
    words = {"sql": ("sql", "from articles"), "replay": ("replay", "--workers", "1")}[name]
    assert "does not answer" in one_line(copydesk(*words, "-w", tmp_path / "w"))


def test_what_raises_for_a_server_says_no_password(tmp_path: Path) -> None:
    """Who calls `replay` from code sees the cause, and not the login."""
    login = f"host=127.0.0.1 port=9 user=desk password='{PASSWORD}' dbname=x"
    settings = Settings(warehouse=tmp_path, catalog=login, workers=1, server_seconds=0)
    with pytest.raises(duckdb.IOException, match="Connection refused") as raised:
        replay(settings)
    assert PASSWORD not in str(raised.value)


def test_a_refused_login_is_named_without_its_password(
    monkeypatch: pytest.MonkeyPatch, copydesk: Copydesk, tmp_path: Path, postgres: Server
) -> None:
    """A wrong password at a real server: one line, code 1, and the password isn't in it."""
    monkeypatch.setenv("COPYDESK_CATALOG", f"{postgres.address} password={PASSWORD} dbname=postgres")
    assert "refuses the login" in one_line(copydesk("sql", "select 1", "-w", tmp_path / "w"))
