"""A kept warehouse: fewer files and snapshots, the same rows; beside readers, never beside a writer."""

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from logical_rows import tables_of
from small_desk import command, ingest_desk, made_desk

from copydesk.flows.ingest.plan import ingest
from copydesk.flows.maintain import maintain_warehouse
from copydesk.flows.replay import replay
from copydesk.flows.settings import Settings
from copydesk.schemas.user_error import UserError
from copydesk.warehouse import maintain
from copydesk.warehouse.attach import METADATA
from copydesk.warehouse.check_files import check_files
from copydesk.warehouse.connect import connect_reader, connect_writer
from copydesk.warehouse.lease import lease

LATER = datetime.now(UTC) + timedelta(days=30)


LIST = """
[[source]]
id = "desk"
kind = "folder"
path = "desk"
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A desk and its small warehouse after two runs, which each test copies."""
    folder = made_desk(tmp_path_factory.mktemp("made"))
    more = folder / "desk" / "harbour.txt"
    more.write_text(
        "The harbour is counted anew\n\nFourteen boats lie in the harbour of Marrow Bay.\n", "utf-8"
    )
    ingest_desk(folder / "desk", folder / "w")
    (folder / "sources.toml").write_text(LIST, "utf-8")
    return folder


@pytest.fixture
def settings(tmp_path: Path, made: Path) -> Settings:
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    return Settings(warehouse=tmp_path / "w", workers=1, sources=tmp_path / "sources.toml")


def test_rows_stay_and_files_go(settings: Settings) -> None:
    """The same rows from fewer files and one snapshot, all sealed; a second time nothing is won; checks hold."""
    before = tables_of(settings.place)
    with connect_reader(settings.place) as reader:
        reader.execute("begin")
        count = reader.execute("select count(*) from articles").fetchall()
        done = maintain_warehouse(settings)
        assert reader.execute("select count(*), min(body) is null from revisions").fetchall() == [(4, False)]
        assert reader.execute("select count(*) from articles").fetchall() == count
    assert done.after.live_files < done.before.live_files
    later = maintain_warehouse(settings, now=LATER)
    assert later.after.snapshots == 1
    assert later.after.disk_files == later.after.live_files < done.before.disk_files
    assert maintain_warehouse(settings, now=LATER).after == later.after
    assert tables_of(settings.place) == before
    with connect_reader(settings.place) as reader:
        results = check_files(reader, settings.place, now=LATER)
    assert [each.name for each in results if not each.is_passed] == []


def test_it_is_refused_beside_a_writer(settings: Settings, monkeypatch: Any, capsys: Any) -> None:
    """While a run writes it says so in a line, with code 1; where there is no warehouse, with code 2."""
    with lease(settings.place):
        code, _, error = command(monkeypatch, capsys, "maintain", "-w", settings.warehouse)
    assert (code, error.count("\n")) == (1, 1)
    assert "is writing to" in error
    code, _, error = command(monkeypatch, capsys, "maintain", "-w", settings.warehouse / "none")
    assert (code, error.count("\n")) == (2, 1)
    code, out, error = command(monkeypatch, capsys, "maintain", "-w", settings.warehouse)
    assert (code, error) == (0, "")
    assert "files to read:" in out


@pytest.fixture
def soon_due(monkeypatch: pytest.MonkeyPatch) -> None:
    """Few files are many."""
    monkeypatch.setattr(maintain, "DUE_FILES", 6)


@pytest.mark.usefixtures("soon_due")
def test_many_small_files_make_it_due(tmp_path: Path) -> None:
    """A run that leaves a table in many small files joins them itself, before it ends."""
    settings = Settings(warehouse=made_desk(tmp_path) / "w", workers=1)
    with lease(settings.place), connect_writer(settings.place) as con:
        assert not maintain.is_due(con)
        for _ in range(maintain.DUE_FILES):
            con.execute("insert into story_keys select 'none', 1 limit 1")
        assert maintain.is_due(con)
    shutil.rmtree(tmp_path / "desk")
    (tmp_path / "desk").mkdir()
    ingest([tmp_path / "desk"], settings=settings, source="desk")
    with lease(settings.place), connect_writer(settings.place) as con:
        assert not maintain.is_due(con)


@pytest.mark.usefixtures("soon_due")
def test_small_files_that_lack_rows_are_joined_too(tmp_path: Path, monkeypatch: Any) -> None:
    """A few deleted rows keep no small file apart; where all such files are too much to write anew, none is due."""
    settings = Settings(warehouse=made_desk(tmp_path) / "w", workers=1)
    with lease(settings.place), connect_writer(settings.place) as con:
        for number in range(maintain.DUE_FILES):
            con.execute(f"insert into story_keys select 'story {number}', range from range(20)")
        con.execute("delete from story_keys where term = 7")
        kept = con.execute("from story_keys order by all").fetchall()
        with monkeypatch.context() as patch:
            patch.setattr(maintain, "WEAR", maintain.WEAR.replace(f"<= {maintain.LIGHT_BYTES}", "<= 0"))
            assert not maintain.is_due(con)
        assert maintain.is_due(con)
        maintain.join_files(con)
        assert not maintain.is_due(con)
        assert con.execute("from story_keys order by all").fetchall() == kept
        files = con.execute("select count(distinct filename) from story_keys").fetchall()
    assert files == [(1,)]


def test_of_many_snapshots_the_newest_stay_and_the_last_of_each_day(
    settings: Settings, monkeypatch: Any
) -> None:
    """A year of a run a minute is no catalog that every query reads; what a transaction may still read stays an hour."""
    monkeypatch.setattr(maintain, "NEWEST_SNAPSHOTS", 3)
    now = datetime.now(UTC)
    with lease(settings.place), connect_writer(settings.place) as con:
        for _ in range(8):
            con.execute("insert into story_keys select 'none', 1 limit 1")
        numbers = snapshots_of(con)
        newest = numbers[-1]
        for number in numbers[:-4]:
            day = "2026-01-01" if number < newest - 6 else "2026-01-02"
            con.execute(
                f"update {METADATA}.ducklake_snapshot set snapshot_time = '{day} 12:00:00+00' where snapshot_id = {number}"
            )
        before = con.execute("select count(*) from story_keys").fetchone()
        maintain.expire_snapshots(con, now=now)
        assert snapshots_of(con) == [newest - 7, newest - 4, newest - 3, newest - 2, newest - 1, newest]
        maintain.expire_snapshots(con, now=now + timedelta(hours=2))
        assert snapshots_of(con) == [newest - 7, newest - 4, newest - 2, newest - 1, newest]
        assert con.execute("select count(*) from story_keys").fetchone() == before


def snapshots_of(con: Any) -> list[int]:
    rows = con.execute(f"select snapshot_id from {METADATA}.ducklake_snapshot order by 1").fetchall()
    return [number for (number,) in rows]


RETENTION = f"{LIST}retention = {{ payload_days = 5, text_days = 20 }}"


def test_a_list_that_is_named_must_be_there(settings: Settings) -> None:
    """Who names a list that is gone is told so: what its sources' retention ends would stay in silence."""
    settings.sources.unlink()
    with pytest.raises(UserError, match="no source list at"):
        maintain_warehouse(settings)


def test_what_a_source_may_keep_for_a_time_goes_after_it(settings: Settings) -> None:
    """First the payloads, so that a replay leaves their articles alone; then the articles, which do not come back."""
    settings.sources.write_text(RETENTION, "utf-8")
    now = datetime.now(UTC)
    before = tables_of(settings.place)
    assert maintain_warehouse(settings, now=now + timedelta(days=4)).notes == ()
    notes = maintain_warehouse(settings, now=now + timedelta(days=6)).notes
    assert notes == ("desk: 4 payloads were past their 5 days",)
    assert replay(settings).documents_count == 0
    assert {name for name, rows in tables_of(settings.place).items() if rows != before[name]} == {"documents"}
    notes = maintain_warehouse(settings, now=now + timedelta(days=21)).notes
    assert notes == ("desk: 4 articles were past their 20 days",)
    told = ingest(settings=settings, now=now + timedelta(days=22))
    assert (told.state, told.known_count) == ("nothing_new", 4)
    with connect_reader(settings.place) as con:
        assert con.execute("select subject, articles_count from takedowns").fetchall() == [("retention", 4)]
