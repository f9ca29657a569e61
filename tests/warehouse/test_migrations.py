"""A warehouse survives its next version: numbered steps, each whole or not at all, that lead to the form of today."""

import re
import shutil
import signal
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest
from empty_warehouse import empty_warehouse
from forked import fork
from small_desk import command
from unpack_form import unpack

from copydesk.flows.check_tables import check_tables
from copydesk.flows.migration_functions import MIGRATION_FUNCTIONS
from copydesk.flows.replay import replay
from copydesk.flows.settings import Settings
from copydesk.schemas.user_error import UserError
from copydesk.warehouse.connect import connect_any_form, connect_reader, connect_writer
from copydesk.warehouse.create import create
from copydesk.warehouse.place import Place
from copydesk.warehouse.read_form import Form, Migration, newest_form, read_form, read_migrations

FORMS = sorted((Path(__file__).parent / "forms").glob("form_*.tar.xz"))
NOW = datetime(2030, 1, 1, tzinfo=UTC)
"""After all that a stored form holds, whenever it was made."""
TODAY = newest_form(read_migrations())
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


def definitions(con: duckdb.DuckDBPyConnection) -> dict[str, list[Any]]:
    """Everything that a lake defines, whatever the order of its columns."""
    here = "database_name = current_database()"
    return {
        "columns": con.execute(
            "select table_name, column_name, data_type, is_nullable, comment from duckdb_columns()"
            f" where {here} and not internal order by all"
        ).fetchall(),
        "tables": con.execute(
            f"select table_name, comment from duckdb_tables() where {here} order by all"
        ).fetchall(),
        "views": con.execute(
            f"select view_name, sql, comment from duckdb_views() where {here} and not internal order by all"
        ).fetchall(),
        "macros": con.execute(
            f"select function_name, macro_definition from duckdb_functions() where {here} and not internal order by all"
        ).fetchall(),
    }


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
    """`migrate --dry-run` tells and writes nothing; `ingest` migrates, says so, and goes on; checks and replay hold."""
    place = unpack(form, tmp_path)
    with connect_any_form(place) as con:
        before, number = count(con), read_form(con).number
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
    code, told, error = command(monkeypatch, capsys, *words, *here)
    assert (code, error) == (0, "")
    assert f"form {TODAY}" in told
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
    broken = [
        each.name
        for each in check_tables(settings, now=NOW)
        if not each.is_passed and each.severity == "error"
    ]
    assert broken == []


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


KINDS = {
    "add a column": ("alter table notes add column author varchar", "select author from notes", [None, None]),
    "fill a new column": (
        (
            "alter table notes add column author varchar; update notes set author = 'desk ' || note;"
            " alter table notes alter column author set not null"
        ),
        "select author from notes",
        ["desk first", "desk second"],
    ),
    "rename a column": (
        "alter table notes rename column note to words",
        "select words from notes",
        ["first", "second"],
    ),
    "widen a type": (
        "alter table notes alter column place set data type bigint",
        "select place || typeof(place) from notes",
        ["1BIGINT", "2BIGINT"],
    ),
    "change a type": (
        (
            "alter table notes add column place_text varchar; update notes set place_text = 'no. ' || place;"
            " alter table notes alter column place_text set not null; alter table notes drop column place;"
            " alter table notes rename column place_text to place"
        ),
        "select place from notes",
        ["no. 1", "no. 2"],
    ),
    "make a table": (
        "create table margins (words varchar not null); insert into margins by name select note as words from notes",
        "select words from margins",
        ["first", "second"],
    ),
    "fill by a function": (
        "update notes set note = shout(note)",
        "select note from notes",
        ["FIRST", "SECOND"],
    ),
}
NOTES = (
    "create table notes (note varchar not null, place integer not null);"
    " insert into notes by name select * from (values (1, 'first'), (2, 'second')) as given (place, note)"
)


def steps(*sql: str) -> list[Migration]:
    """Today's migrations, and others after them."""
    later = enumerate(sql, start=TODAY + 1)
    return read_migrations() + [
        Migration(number, f"step_{number}", "A step.", each) for number, each in later
    ]


def shout(text: str) -> str:
    return text.upper()


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """An empty warehouse of today's form."""
    return empty_warehouse(tmp_path / "warehouse")


@pytest.fixture(scope="module")
def with_notes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse with a table that a first migration after today's has made."""
    made = empty_warehouse(tmp_path_factory.mktemp("notes"))
    with connect_writer(made) as con:
        create(con, migrations=steps(NOTES))
    return made.folder


@pytest.fixture
def lake(with_notes: Path, tmp_path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A copy of it, to be written."""
    with connect_writer(Place(shutil.copytree(with_notes, tmp_path / "lake"))) as con:
        yield con


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_step(lake: duckdb.DuckDBPyConnection, kind: str) -> None:
    """Columns are added, filled, renamed, widened and copied into another type, tables are made: rows stay what they were."""
    sql, query, expected = KINDS[kind]
    taken = create(lake, migrations=steps(NOTES, sql), functions={"shout": shout})
    assert [each.number for each in taken] == [TODAY + 2]
    assert sorted(lake.execute(query).fetchall(), key=str) == [(each,) for each in expected]
    assert read_form(lake, steps(NOTES, sql)).number == TODAY + 2
    assert lake.execute("select max(number) from schema_migrations").fetchall() == [(TODAY + 2,)]
    assert create(lake, migrations=steps(NOTES, sql)) == []


def test_a_step_that_fails_is_as_never_begun(lake: duckdb.DuckDBPyConnection) -> None:
    """What comes before the failing statement, and the steps before the failing one, are undone with it."""
    before = definitions(lake), lake.execute("from lake.snapshots()").fetchall()
    broken = steps(
        NOTES, "alter table notes add column author varchar", "drop table notes; update notes set place = 'x'"
    )
    with pytest.raises(duckdb.Error):
        create(lake, migrations=broken)
    assert (definitions(lake), lake.execute("from lake.snapshots()").fetchall()) == before
    assert [each.number for each in create(lake, migrations=broken[:-1])] == [TODAY + 2]


KILLED = f"""
import os, signal, sys
from pathlib import Path
sys.path[:0] = {[str(Path(__file__).parent), *sys.path]!r}
from test_migrations import NOTES, steps
from copydesk.warehouse.connect import connect_writer
from copydesk.warehouse.create import create
from copydesk.warehouse.place import Place

def die(text: str) -> str:
    os.kill(os.getpid(), signal.SIGKILL)
    return text

sql = "alter table notes add column author varchar; update notes set author = die(note)"
create(connect_writer(Place(Path("../lake"))), migrations=steps(NOTES, sql), functions={{"die": die}})
"""


def test_a_killed_step_is_as_never_begun(with_notes: Path, tmp_path: Path) -> None:
    """kill -9 between the statements of a migration: the warehouse has its old form, and migrates when tried again."""
    place = Place(shutil.copytree(with_notes, tmp_path / "lake"))
    with connect_writer(place) as con:
        before = definitions(con)
    assert fork(tmp_path / "said", exec, KILLED, {}).told().code == -signal.SIGKILL
    with connect_writer(place) as con:
        assert definitions(con) == before
        assert con.execute("select place, note from notes order by 1").fetchall() == [
            (1, "first"),
            (2, "second"),
        ]
        assert read_form(con, steps(NOTES)).number == TODAY + 1
        assert create(con, migrations=steps(NOTES, KINDS["add a column"][0]))


def test_a_newer_form_is_refused(
    place: Place, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Writers and readers of an older copydesk leave a newer warehouse alone: one line that says what to do."""
    with connect_writer(place) as con:
        create(con, migrations=steps(NOTES))
    line = f"copydesk: this warehouse has form {TODAY + 1}, this copydesk knows up to {TODAY}: upgrade copydesk\n"
    seen = place.sqlite.read_bytes()
    for words in (
        ["ingest", place.folder.parent],
        ["sql", "select 1"],
        ["check"],
        ["check", "--seal"],
        ["migrate"],
    ):
        done = command(monkeypatch, capsys, *words, "--warehouse", place.folder)
        assert done == (2, "", line), words
    assert place.sqlite.read_bytes() == seen


def test_a_declaration_without_a_migration_is_refused(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """A column that was declared and not migrated to stops at the door, with the line that is missing."""
    with connect_writer(place) as con:
        con.execute("alter table watermarks drop column modified_at")
        with pytest.raises(
            UserError, match="alter table watermarks add column modified_at TIMESTAMP WITH TIME ZONE;"
        ):
            create(con, migrations=steps("select 1"))
        assert read_form(con) == Form(TODAY, read_form(con).fingerprint)


@pytest.mark.parametrize(
    ("sql", "line"),
    [
        pytest.param(
            "alter table watermarks drop column modified_at; alter table watermarks add column modified_at varchar",
            "watermarks.modified_at: stored as modified_at VARCHAR, declared as modified_at TIMESTAMP WITH TIME ZONE",
            id="another type",
        ),
        pytest.param(
            "alter table documents alter column media_type drop not null",
            "documents.media_type: stored as media_type VARCHAR, declared as media_type VARCHAR not null",
            id="null where none may be",
        ),
        pytest.param("alter table watermarks add column mood varchar", "alter table watermarks drop column mood;", id="a column too many"),
        pytest.param("drop table watermarks", "create table watermarks (", id="a table too few"),
    ],
)  # fmt: skip
def test_a_column_of_another_kind_is_refused(place: Place, sql: str, line: str) -> None:
    """A name is not enough: type, null or not, and that nothing stands there besides, are held to the declaration."""
    with connect_writer(place) as con:
        con.execute(sql)
        with pytest.raises(UserError, match=re.escape(line)):
            create(con, migrations=steps("select 1"))


def test_numbers_have_no_gap(tmp_path: Path) -> None:
    """Two migrations of one number, or a missing one, are a mistake of ours that no warehouse must pay for."""
    for name in ("0002_first.sql", "0004_third.sql"):
        (tmp_path / name).write_text("-- A step.\nselect 1;\n", "utf-8")
    with pytest.raises(ValueError, match="no gap"):
        read_migrations(tmp_path)
