"""Steps of a migration: each whole or not at all; what is not one, or comes from a later copydesk, is refused."""

import re
import shutil
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from definitions import TODAY, definitions
from empty_warehouse import empty_warehouse
from forked import fork
from small_desk import command

from copydesk.schemas.user_error import UserError
from copydesk.warehouse.connect import connect_writer
from copydesk.warehouse.create import create
from copydesk.warehouse.place import Place
from copydesk.warehouse.read_schema_form import Migration, SchemaForm, read_migrations, read_schema_form

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
    assert read_schema_form(lake, steps(NOTES, sql)).number == TODAY + 2
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
from test_migration_steps import NOTES, steps
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
        assert read_schema_form(con, steps(NOTES)).number == TODAY + 1
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
        assert read_schema_form(con) == SchemaForm(TODAY, read_schema_form(con).fingerprint)


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
