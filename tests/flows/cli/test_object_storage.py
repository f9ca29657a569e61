"""Files in S3-compatible storage: the tables of a local warehouse, whatever the store does meanwhile."""

import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest
from asked import ask
from logical_rows import facts_of
from s3_server import KEY, Store, s3_server
from small_desk import Copydesk, write_desk

from copydesk.flows.ingest.plan import ingest
from copydesk.flows.settings import Settings
from copydesk.schemas.user_error import UserError
from copydesk.warehouse.connect import connect_writer
from copydesk.warehouse.create import create
from copydesk.warehouse.ledger import list_attempts
from copydesk.warehouse.load_extension import load_extension

NOW = datetime(2026, 3, 1, tzinfo=UTC)
FAULTS = [(method, fault) for method in ("PUT", "GET", "HEAD") for fault in (503, "reset", 503)]


@pytest.fixture
def store() -> Iterator[Store]:
    with s3_server() as store:
        yield store


@pytest.fixture
def settings(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Settings of a warehouse in the store, also in the environment; `desk` is to be read."""
    for name, value in {
        "files": "s3://news/desk/files",
        "s3_endpoint": store.address,
        "s3_region": "eu-central-1",
        "s3_key": KEY,
        "s3_secret": "hidden-well",
    }.items():
        monkeypatch.setenv(f"COPYDESK_{name.upper()}", value)
    write_desk(tmp_path / "desk")
    return Settings(warehouse=tmp_path / "w", workers=1)


def load(settings: Settings, folder: Path, *, times: int = 1) -> None:
    for _ in range(times):
        ingest([folder], settings=settings, source="desk", now=NOW)


@pytest.mark.usefixtures("few_checks")
def test_tables_in_the_store_are_those_on_a_disk(
    store: Store, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, copydesk: Copydesk
) -> None:
    """Busy answers and broken connections are tried again; the printed lines attach the tables anywhere."""
    store.faults.extend(FAULTS)
    load(settings, tmp_path / "desk", times=2)
    assert len(store.faults) < len(FAULTS)
    assert store.keys
    assert all(key.startswith("desk/files/main/") for key in store.keys)
    assert not (tmp_path / "w" / "files").exists()
    tables = facts_of(settings.place)
    assert copydesk("sql", "select count(*) as n from documents", "-w", tmp_path / "w") == (
        0,
        "n\n3\n",
        "",
    )
    assert copydesk("check", "-w", tmp_path / "w", "--no-store")[0] == 0
    lines = copydesk("sql", "-w", tmp_path / "w")[1].partition("From Python")[0].splitlines()[2:]
    with duckdb.connect(config={"allow_unsigned_extensions": True}) as con:
        for name in ("sqlite_scanner", "ducklake", "httpfs"):
            load_extension(con, name)  # in place of what is installed over the net
        for line in lines:
            con.execute(re.sub(r"(install|load) \w+;", "", line) or "select 1")
        assert con.sql("select count(*) from articles_latest").fetchall() == [(3,)]
    for name in ("FILES", "S3_ENDPOINT", "S3_KEY"):
        monkeypatch.delenv(f"COPYDESK_{name}")
    local = Settings(warehouse=tmp_path / "local", workers=1)
    load(local, tmp_path / "desk")
    assert facts_of(local.place) == tables


def test_a_store_that_fails_for_good_leaves_no_half(
    store: Store, settings: Settings, tmp_path: Path, copydesk: Copydesk
) -> None:
    """A run whose files cannot be written ends in one line with code 1 and nothing of it; the next one completes it."""
    words = ("ingest", tmp_path / "desk", "-w", tmp_path / "w", "--no-prefect", "--workers", "1")
    with connect_writer(settings.place) as con:
        create(con)
    store.faults.extend([("PUT", 403)] * 99)
    code, _, told = copydesk(*words, "--source", "desk")
    assert (code, told.count("\n")) == (1, 1)
    assert not any(facts_of(settings.place).values())
    store.faults.clear()
    load(settings, tmp_path / "desk")
    assert ask(settings, "select count(*) from documents") == [(3,)]


def test_a_store_that_is_away_is_awaited(
    store: Store, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, copydesk: Copydesk
) -> None:
    """Longer than a busy answer, for a stated time: then a line with code 1 and an attempt that failed."""
    monkeypatch.setattr("copydesk.warehouse.object_storage.RETRIES", 0)
    monkeypatch.setenv("COPYDESK_SERVER_SECONDS", "0")
    store.faults.extend([("GET", 503)] * 99)
    code, _, told = copydesk("ingest", tmp_path / "desk", "-w", settings.warehouse, "--no-prefect")
    assert (code, told.count("\n")) == (1, 1)
    assert "the store of the files does not answer, waited" in told
    assert [each.state for each in list_attempts(settings.place)] == ["failed"]

    def mend(step: str, _count: int) -> None:
        if step == "server":
            store.faults.clear()

    told = ingest([tmp_path / "desk"], settings=settings, source="desk", progress=mend)
    assert (told.new_count, told.notes[0][:30]) == (3, "a server answered at the try n")


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("FILES", "s3://other/desk", "no such bucket"),
        ("S3_KEY", "another", "refuses the keys"),
        ("S3_URL_STYLE", "slanted", "COPYDESK_S3_URL_STYLE"),
    ],
)
def test_a_wrong_setting_is_the_users(
    settings: Settings,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    copydesk: Copydesk,
    name: str,
    value: str,
    told: str,
) -> None:
    """A bucket, key or style that is none: one line that says which, code 2, no secret in it."""
    monkeypatch.setenv(f"COPYDESK_{name}", value)
    code, _, said = copydesk("ingest", tmp_path / "desk", "-w", settings.warehouse, "--no-prefect")
    assert (code, said.count("\n")) == (2, 1)
    assert told in said
    assert "hidden-well" not in said


def test_what_is_not_installed_is_named_with_its_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the extra `team` a store or a server is the user's mistake, and the line tells what to install."""
    monkeypatch.setitem(sys.modules, "duckdb_extension_httpfs", None)
    with duckdb.connect() as con:
        con.execute("set extension_directory = '/nonexistent'")
        con.execute("set custom_extension_repository = '/nonexistent'")
        with pytest.raises(UserError, match=r"copydesk\[team\]"):
            load_extension(con, "httpfs")
