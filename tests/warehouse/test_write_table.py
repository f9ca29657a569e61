"""The one writer: rows go by the names of their columns, in whatever order a warehouse has come to hold them."""

import json
import random
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pytest
from empty_warehouse import empty_warehouse
from own_rule import CLOCK, write_rule
from small_databases import whole_databases

from copydesk.flows.ingest.plan import ingest
from copydesk.flows.replay import replay
from copydesk.flows.settings import Settings
from copydesk.schemas.table import (
    BYTES,
    DATE,
    FLAG,
    LAYOUT,
    RATIO,
    TEXT,
    TIMESTAMP,
    VERSIONS,
    WORDS,
    Column,
    NotConformingError,
    Table,
)
from copydesk.schemas.table import CLOCK as LOCAL_CLOCK
from copydesk.schemas.tables import TABLES
from copydesk.warehouse.connect import connect_reader, connect_writer
from copydesk.warehouse.create import declare_columns
from copydesk.warehouse.in_transaction import in_transaction
from copydesk.warehouse.place import Place
from copydesk.warehouse.takedown.erase import rewrite_files
from copydesk.warehouse.write_table import append_rows, delete_rows, replace_rows, update_rows

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
OF_THE_MOMENT = {
    "run_id", "started_at", "finished_at", "steps", "joined_at", "settled_at", "decided_at", "event_id", "happened_at",
    "path", "last_attempt_at", "last_success_at", "merged_at", "made_at",
}  # fmt: skip


def test_an_update_without_rows_looks_at_no_table() -> None:
    """Where nothing changes the table is not read: here there is none to read."""
    with duckdb.connect() as con:
        update_rows(con, "watermarks", "select '' as source_id, null as modified_at where false")
        assert con.execute("select count(*) from duckdb_tables()").fetchall() == [(0,)]


def piece(number: int, day: str) -> str:
    """An article of an event that others tell too, with a line that the site repeats and a day that is relative."""
    return (
        f"Kestrel Sound opens its ferry dock, part {number}\n\nThe ferry dock of Kestrel Sound opened again on {day}"
        f" after nine weeks of work, and {400 + number} people stood in the rain to see it.\n\nWarden Ines Tallow said"
        f" the dock had been tested {number} times. “It stands as straight as it did,” Ines Tallow said of pier"
        f" {number}.\n\nThe council of Kestrel Sound paid 1.2 million crowns for it.\n\n{CLOCK}\n"
        "The visitor book of this paper at the old customs house\n"
    )


def rows_of_desk(*, revised: bool) -> str:
    rows = [
        {"id": f"dock-{number}", "url": f"https://desk.example/{number}", "text": piece(number, "Tuesday")}
        | ({"published_at": f"2026-02-{10 + number}"} if number % 3 else {})
        for number in range(6)
    ]
    rows += [{"id": "copy", "url": "https://other.example/1", "text": piece(1, "Tuesday")}]
    rows += [{"id": "none", "text": CLOCK}]
    if revised:
        rows[0]["text"] = piece(0, "Tuesday") + "\nA second ferry was late.\n"
    return "".join(json.dumps(row) + "\n" for row in rows)


@pytest.fixture(scope="module")
def shuffled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty warehouse whose tables hold their columns in another order than the declared one; each test copies it."""
    folder, chance = tmp_path_factory.mktemp("shuffled") / "w", random.Random(3)
    con = connect_writer(empty_warehouse(folder))
    con.execute("begin")
    for table in TABLES.values():
        columns = list(table.columns.items())
        chance.shuffle(columns)
        con.execute(f"drop table {table.name}")
        con.execute(f"create table {table.name} ({declare_columns(replace(table, columns=dict(columns)))})")
    con.execute("commit")
    con.close()
    return folder


def made_up(column: Column) -> Any:
    """A value that the column can hold."""
    if column.values:
        return min(column.values)
    examples: dict[pa.DataType, Any] = {
        VERSIONS: {"copydesk": "1", "extractor": "2", "rules": "3", "parameters": "4"},
        LAYOUT: [{"at_char": 1, "length_chars": 2, "text": "x"}],
        WORDS: ["a", "b"],
        TIMESTAMP: NOW,
        LOCAL_CLOCK: NOW.replace(tzinfo=None),
        DATE: NOW.date(),
        BYTES: b"bytes",
        TEXT: column.sentence,
        FLAG: True,
        RATIO: 0.5,
    }
    return examples.get(column.type, [7, 8] if pa.types.is_list(column.type) else len(column.sentence))


def stored(con: duckdb.DuckDBPyConnection, name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = con.execute(f"from {name}").to_arrow_table().to_pylist()
    return rows


@pytest.fixture(scope="module")
def lake(shuffled: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    folder = shutil.copytree(shuffled, tmp_path_factory.mktemp("lake") / "w")
    with connect_writer(Place(folder)) as con:
        yield con


def live(settings: Settings, folder: Path, rule: Path) -> None:
    """Two runs, the second with another wording, and a replay with another rule."""
    file = folder / "rows.jsonl"
    for hour, revised in enumerate((False, True)):
        file.write_text(rows_of_desk(revised=revised), "utf-8")
        ingest([file], settings=settings, source="desk", now=NOW + timedelta(hours=hour))
    taken = replay(settings.model_copy(update={"rules": (rule,)}), now=NOW + timedelta(hours=3))
    assert taken.run_id


def content(settings: Settings) -> dict[str, list[str]]:
    """What the tables say by name, but for what names the moment and how the warehouse was made."""
    names = TABLES.keys() - {"schema_migrations"}
    with connect_reader(settings.place) as con:
        tables = {name: con.execute(f"from {name}").to_arrow_table().to_pylist() for name in names}
    return {
        name: sorted(
            str({column: row[column] for column in sorted(row.keys() - OF_THE_MOMENT)}) for row in rows
        )
        for name, rows in tables.items()
    }


@pytest.fixture
def rule(tmp_path: Path) -> Path:
    return write_rule(tmp_path / "own.toml")


def test_the_order_of_columns_does_not_matter(tmp_path: Path, rule: Path, shuffled: Path) -> None:
    """In a warehouse whose columns stand in any order, runs and replays write what they write in a fresh one."""
    fresh = Settings(warehouse=empty_warehouse(tmp_path / "fresh").folder, workers=1)
    other = Settings(warehouse=shutil.copytree(shuffled, tmp_path / "other"), workers=1)
    live(fresh, tmp_path, rule)
    live(other, tmp_path, rule)
    found = content(fresh)
    assert content(other) == found
    settled = [
        "site_lines",
        "duplicates",
        "story_members",
        "text_intervals",
        "quarantine",
        "boilerplate_spans",
    ]
    assert [name for name in sorted(settled) if not found[name]] == []


def test_each_table_is_written_by_name(lake: duckdb.DuckDBPyConnection) -> None:
    """Append, replace, update and delete of each declared table go by name, whatever the order of its columns."""
    lake.execute("begin")
    for name, table in TABLES.items():
        row = {column: made_up(declared) for column, declared in table.columns.items()}
        free = [column for column, declared in table.columns.items() if declared.is_nullable]
        bare = row | dict.fromkeys(free)
        keys = ", ".join(table.key)
        append_rows(lake, name, pa.Table.from_pylist([row], schema=table.schema))
        assert stored(lake, name) == [row], name
        replace_rows(lake, name, pa.Table.from_pylist([bare], schema=table.schema))
        assert stored(lake, name) == [bare], name
        for column in free[:1]:
            given = pa.Table.from_pylist([row], schema=table.schema).select([*table.key, column])
            lake.register("given", given)
            update_rows(lake, name, f"select {column}, {keys} from given")
            assert stored(lake, name) == [bare | {column: row[column]}], name
        delete_rows(lake, name, f"({keys}) in (select ({keys}) from {name})")
        assert stored(lake, name) == [], name
    lake.execute("rollback")


def test_no_row_is_ruled_out(tmp_path: Path) -> None:
    """Each row is found by all of its texts: what the catalog tells of a table, empty or not, rules out none."""
    place = empty_warehouse(tmp_path / "w")
    with whole_databases(), connect_writer(place) as con:
        for text in ("", "m"):
            with in_transaction(con):
                for name, table in TABLES.items():
                    append_rows(con, name, [row_of(table, text)])
            assert [
                name for name, table in TABLES.items() if not is_found(con, table, row_of(table, text))
            ] == []
        with in_transaction(con):
            for name, table in TABLES.items():
                delete_rows(con, name, f"{table.key[0]} is not null")
                append_rows(con, name, [row_of(table, "m")])
        rewrite_files(con, place)
        assert all(is_found(con, table, row_of(table, "m")) for table in TABLES.values())


def row_of(table: Table, text: str) -> dict[str, Any]:
    """A row whose texts, where they may be any, are this one; without one, what may be null is."""
    return {
        name: None
        if column.is_nullable and not text
        else text
        if column.type == TEXT and not column.values
        else made_up(column)
        for name, column in table.columns.items()
    }


def is_found(con: duckdb.DuckDBPyConnection, table: Table, row: dict[str, Any]) -> bool:
    texts = {name: row[name] for name, column in table.columns.items() if column.type == TEXT}
    held = {name: value for name, value in texts.items() if value is not None}
    tests = [f"{name} = ${name}" if name in held else f"{name} is null" for name in texts]
    return con.execute(f"from {table.name} where {' and '.join(tests)}", held).fetchone() is not None


def test_what_is_not_declared_is_refused(lake: duckdb.DuckDBPyConnection) -> None:
    """A column that schemas/ does not know, or one that is missing and may not be null, is no row of a table."""
    with pytest.raises(NotConformingError, match="unknown columns"):
        append_rows(lake, "story_keys", pa.table({"story_id": ["a"], "term": [1], "terms": [2]}))
    with pytest.raises(NotConformingError, match="missing"):
        append_rows(lake, "story_keys", pa.table({"story_id": ["a"]}))
    with pytest.raises(duckdb.Error):
        append_rows(lake, "story_keys", "select 'a' as story_id, 1 as term, 2 as terms")
    with pytest.raises(KeyError):
        append_rows(lake, "made_up_table", "select 1 as story_id")
    assert stored(lake, "story_keys") == []
