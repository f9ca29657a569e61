"""A schedule is obeyed: a source is due when its span or cron line says so, counted from the last run that tried it."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from small_desk import command, write_desk

from copydesk.flows.settings import Settings
from copydesk.flows.sources.due import find_due, next_due
from copydesk.flows.sources.source import Source, is_schedule
from copydesk.warehouse.connect import connect_reader

LIST = """
[[source]]
id = "hourly"
kind = "folder"
path = "desk"
schedule = "1h"

[[source]]
id = "never"
kind = "folder"
path = "desk"
enabled = false
"""


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("schedule", "zone", "tried", "due"),
    [
        ("15m", None, "2026-03-01T10:00", "2026-03-01T10:15"),
        ("2 d", None, "2026-03-01T10:00", "2026-03-03T10:00"),
        ("*/20 * * * *", None, "2026-03-01T10:05", "2026-03-01T10:20"),
        ("0 6 * * MON", None, "2026-03-01T10:00", "2026-03-02T06:00"),
        ("0 6 * * *", "Europe/Berlin", "2026-07-01T10:00", "2026-07-02T04:00"),
    ],
)
def test_a_schedule_counts_from_the_last_try(schedule: str, zone: str | None, tried: str, due: str) -> None:
    """A span from the run that tried it, a cron line on the source's clock or in UTC."""
    source = Source("a", "feed", schedule=schedule, timezone=zone)
    assert next_due(source, at(tried)) == at(due)
    assert next_due(source, None) is None


@pytest.mark.parametrize("text", ["15", "0m", "* * *", "61 * * * *", "0 0 31 2 *", "* * * * * *", "soon"])
def test_what_is_no_schedule_is_refused(text: str) -> None:
    """A span of nothing, a cron line that lacks a field, is out of range or never comes true."""
    assert not is_schedule(text)


def test_only_what_is_due_is_read(tmp_path: Path, monkeypatch: Any, capsys: Any) -> None:
    """`ingest --due` reads it once, says what comes next with code 0, also after a run that found nothing new."""
    write_desk(tmp_path / "desk")
    (tmp_path / "sources.toml").write_text(LIST, "utf-8")
    settings = Settings(warehouse=tmp_path / "w", sources=tmp_path / "sources.toml")
    here = ("-w", settings.warehouse, "--sources", settings.sources, "--no-prefect", "--workers", 1)
    code, out, _ = command(monkeypatch, capsys, "ingest", "--due", *here)
    assert (code, "Nothing is due" in out) == (0, False)
    assert command(monkeypatch, capsys, "ingest", *here)[0] == 0
    code, out, _ = command(monkeypatch, capsys, "ingest", "--due", *here)
    assert (code, out.startswith("Nothing is due; next is hourly at ")) == (0, True)
    later = find_due(settings, now=datetime(2099, 1, 1, tzinfo=UTC))
    assert later.names == ("hourly",)
    earlier = find_due(settings, now=datetime(2020, 1, 1, tzinfo=UTC))
    assert earlier.names == ("hourly",), "a run in time to come is none: the clock ran ahead"
    code, _, error = command(monkeypatch, capsys, "ingest", tmp_path / "desk", "--due", *here)
    assert (code, error.count("\n")) == (2, 1)


def test_a_folder_that_is_gone_fails_alone(tmp_path: Path, monkeypatch: Any, capsys: Any) -> None:
    """Of a list the other sources are read all the same; it is told in each run and on record, also once nothing is new."""
    write_desk(tmp_path / "desk")
    entry = '[[source]]\nid = "gone"\nkind = "folder"\npath = "unmounted"\n\n'
    (tmp_path / "sources.toml").write_text(entry + LIST, "utf-8")
    settings = Settings(warehouse=tmp_path / "w", sources=tmp_path / "sources.toml")
    here = ("-w", settings.warehouse, "--sources", settings.sources, "--no-prefect", "--workers", 1)
    fault = f"gone: unreadable: {tmp_path / 'unmounted'}: no such file or folder"
    for count in (1, 2):
        _, out, error = command(monkeypatch, capsys, "ingest", *here)
        assert (out + error).count(fault) == 1
        with connect_reader(settings.place) as con:
            health = "select failures_in_row_count, last_success_at from sources where source_id = 'gone'"
            assert con.execute(health).fetchall() == [(count, None)]
            assert con.execute("select count(*) > 0 from articles").fetchall() == [(True,)]
    assert "Nothing is new" in out
