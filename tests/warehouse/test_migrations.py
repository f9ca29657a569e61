"""A warehouse survives its next version: numbered steps, each whole or not at all, that lead to the form of today."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest
from asked import broken
from definitions import TODAY, definitions
from small_desk import command
from unpack_form import unpack

from copydesk.flows.migration_functions import MIGRATION_FUNCTIONS
from copydesk.flows.replay import replay
from copydesk.flows.settings import Settings
from copydesk.warehouse.connect import connect_any_form, connect_reader, connect_writer
from copydesk.warehouse.create import create
from copydesk.warehouse.ledger import list_attempts
from copydesk.warehouse.place import Place
from copydesk.warehouse.read_schema_form import read_migrations, read_schema_form

FORMS = sorted((Path(__file__).parent / "forms").glob("form_*.tar.xz"))
NOW = datetime(2030, 1, 1, tzinfo=UTC)
"""After all that a stored form holds, whenever it was made."""
ROWS = (
    "documents",
    "articles",
    "revisions",
    "duplicates",
    "story_members",
    "text_intervals",
    "url_states",
    "runs",
)


def count(con: duckdb.DuckDBPyConnection) -> dict[str, int]:
    return {name: con.execute(f"select count(*) from {name}").fetchall()[0][0] for name in ROWS}


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Any]]:
    """What a warehouse that is created today defines."""
    with connect_writer(Place(tmp_path_factory.mktemp("fresh") / "w")) as con:
        create(con)
        return definitions(con)


def test_a_form_is_stored_for_each_number() -> None:
    """Every released form stands here, small, so that the way from each to today's is tried."""
    assert [file.name for file in FORMS] == ["form_1.tar.xz"]
    assert all(file.stat().st_size < 300_000 for file in FORMS)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name.split(".")[0])
def test_a_released_form_lands_at_todays(
    form: Path,
    tmp_path: Path,
    fresh: dict[str, list[Any]],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """`migrate --dry-run` tells and writes nothing; `ingest` migrates, says so, and goes on; checks and replay hold.

    What that settles again is a run of its own, with its rules and its own time.
    """
    place = unpack(form, tmp_path)
    with connect_any_form(place) as con:
        before, number = count(con), read_schema_form(con).number
    assert number == int(form.name.split(".")[0].removeprefix("form_"))
    here = ("--warehouse", place.folder)
    code, told, error = command(monkeypatch, capsys, "migrate", "--dry-run", *here)
    assert (code, error) == (0, "")
    assert len(told.splitlines()) == TODAY - number + 1
    code, told, error = command(monkeypatch, capsys, "show", "dock-1", *here)
    assert (code, told) == (2, "")
    assert "copydesk migrate" in error
    assert error.count("\n") == 1
    (tmp_path / "desk").mkdir()
    (tmp_path / "desk" / "more.txt").write_text(
        "Barrels\n\nThe shed of Marrow Bay holds 412 barrels.\n", "utf-8"
    )
    words = ("ingest", tmp_path / "desk", "--source", "more", "--no-prefect", "--workers", "1")
    monkeypatch.setenv("COPYDESK_LOG", "json")
    code, told, error = command(monkeypatch, capsys, *words, *here)
    monkeypatch.delenv("COPYDESK_LOG")
    lines = [json.loads(line) for line in error.splitlines()]
    assert code == 0
    assert f"form {TODAY}" in told
    assert "documents were settled again, as a migration asks" in told
    ingested, replayed = sorted(list_attempts(place, limit=2), key=lambda each: each.flow)
    assert (ingested.flow, replayed.flow, replayed.state) == ("ingest", "replay", "done")
    assert replayed.started_at > ingested.started_at
    for step, seconds in ingested.summary["steps"].items():
        own = [
            line["seconds"] for line in lines if (line["run_id"], line.get("step")) == (ingested.run_id, step)
        ]
        assert seconds == pytest.approx(sum(own), abs=0.01)
    assert replayed.summary["versions"]["rules"] == ingested.summary["versions"]["rules"]
    settings = Settings(warehouse=place.folder, workers=1)
    replay(settings)
    with connect_reader(place) as con:
        assert definitions(con) == fresh
        after = count(con)
        said = con.execute("select count(*) from quotations where speaker = 'Ines Tallow'").fetchall()
        known = con.execute("select number from schema_migrations order by 1").fetchall()
    assert known == [(each,) for each in range(number + 1, TODAY + 1)]
    assert said[0][0] > 5
    assert after["documents"] == before["documents"] + 1
    assert after["articles"] >= before["articles"]
    assert broken(settings, NOW) == []


def test_the_declared_tables_change_by_a_migration(tmp_path: Path, fresh: dict[str, list[Any]]) -> None:
    """What schemas/ declares is what the migrations lead to from the first form: the message names the missing line."""
    place = unpack(FORMS[0], tmp_path)
    with connect_writer(place) as con:
        assert [each.number for each in create(con, functions=MIGRATION_FUNCTIONS)] == list(
            range(2, TODAY + 1)
        )
        assert definitions(con) == fresh
        assert create(con) == []


SECRET = "tok-4f9a31c07be2"


def test_old_rows_lose_the_secrets_of_their_addresses(tmp_path: Path) -> None:
    """What the first version wrote into origins, quarantine, feeds' words and states holds no token any more."""
    place = unpack(FORMS[0], tmp_path)
    url = f"https://desk:{SECRET}@h.example/a?id=1&api_key={SECRET}"
    secret, kept = {"url": url, "said": f'{{"link": "{url}"}}'}, "https://h.example/a?id=1&api_key=REDACTED"
    with connect_writer(place) as con:
        con.execute(
            "update documents set origin = $url, external_id = $url, feed_metadata = $said, http_headers = $said",
            secret,
        )
        con.execute("update articles set origin = $url, external_id = $url", {"url": url})
        con.execute("update sources set url = $url, last_error = 'at ' || $url", {"url": url})
        con.execute(
            "insert into quarantine by name select document_id, 'fetch' as step, run_id, source_id, $url as origin,"
            " 'gone' as reason, 'at ' || $url as detail, now() as quarantined_at from documents limit 1",
            {"url": url},
        )
        con.execute(
            "insert into url_states by name select source_id, $url || '#' || document_id as url, 'page' as role,"
            " 'stored' as outcome, false as has_trusted_validators, now() as first_seen_at, 1 as fetch_count,"
            " 0 as not_modified_count, 0 as failure_count, run_id, $said as entry from documents limit 2",
            secret,
        )
        create(con, functions=MIGRATION_FUNCTIONS)
        for table in ("documents", "articles", "sources", "quarantine", "url_states"):
            rows = con.execute(f"from {table}").to_arrow_table().to_pylist()
            assert SECRET not in str(rows), table
        assert con.execute("select distinct origin from documents").fetchall() == [(kept,)]
        assert con.execute("select detail from quarantine").fetchall()[-1] == (f"at {kept}",)
        states = "select count(*) from url_states where url like '%api_key=REDACTED#%'"
        assert con.execute(states).fetchall() == [(2,)]


def test_a_migration_tells_its_first_comment_alone() -> None:
    """What stands beside its statements is for who reads them, not for who migrates."""
    for migration in read_migrations():
        assert migration.comment
        assert not migration.sql.startswith("--")
        beside = [line[2:].strip() for line in migration.sql.splitlines() if line.startswith("--")]
        assert not [line for line in beside if line in migration.comment], migration.name
