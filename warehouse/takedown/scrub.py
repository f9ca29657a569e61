"""Blackens words in what was written about documents: notes in the tables, the ledger, Prefect's own database."""

import json
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import duckdb
import pyarrow as pa

from copydesk.schemas.table import TEXT, WORDS
from copydesk.schemas.tables import TABLES
from copydesk.warehouse.open_beside import open_beside, open_beside_to_read
from copydesk.warehouse.place import Place
from copydesk.warehouse.register_tables import id_table, register_tables
from copydesk.warehouse.write_table import replace_rows

BLACK = "[taken down]"

NOTES = {
    "runs": ("notes",),
    "source_runs": ("detail", "warnings"),
    "sources": ("last_error",),
    "quarantine": ("detail",),
}
"""The columns in which sentences may name a document that is not the row's own."""

TEXTS = ("TEXT", "CHAR", "JSON")
"""What the types of SQLite's columns are named that hold texts."""


def scrub_notes(con: duckdb.DuckDBPyConnection, needles: Sequence[str]) -> None:
    """Blacken words in the notes of the tables."""
    with register_tables(con, needles=id_table(needle=needles)):
        for table, columns in NOTES.items():
            types = {name: TABLES[table].columns[name].type for name in columns}
            told = " || ' ' || ".join(
                f"coalesce({name if type_ == TEXT else f'array_to_string({name}, chr(10))'}, '')"
                for name, type_ in types.items()
            )
            rows = con.execute(
                f"select * from {table} where exists (select 1 from needles where contains({told}, needle))"
            ).to_arrow_table()
            replace_rows(con, table, _blackened(rows, types, needles))


def _blackened(rows: pa.Table, types: dict[str, pa.DataType], needles: Sequence[str]) -> pa.Table:
    for name, type_ in types.items():
        values = [
            [blacken(word, needles) for word in value or ()]
            if type_ == WORDS
            else value and blacken(value, needles)
            for value in rows[name].to_pylist()
        ]
        rows = rows.set_column(rows.column_names.index(name), name, pa.array(values, type_))
    return rows


def blacken(text: str, needles: Sequence[str]) -> str:
    """Return a text without some words."""
    for needle in needles:
        text = text.replace(needle, BLACK)
    return text


def scrub_ledger(place: Place, needles: Sequence[str]) -> None:
    """Blacken words in what the ledger tells of runs, wherever it stands."""
    with open_beside_to_read(place, place.ledger, "attempts") as beside:
        told = beside.ask("select summary, run_id from attempts") if beside else []
    clean = [(blacken(summary, _spelled(needles)), run_id) for summary, run_id in told]
    changed = [row for row, was in zip(clean, told, strict=True) if row != was]
    if changed:
        with open_beside(place, place.ledger, ()) as beside:
            beside.tell("update attempts set summary = ? where run_id = ?", changed)


def _spelled(needles: Sequence[str]) -> list[str]:
    """Return words as they are and as JSON writes them."""
    return list(dict.fromkeys(word for each in needles for word in (each, json.dumps(each)[1:-1])))


def scrub_database(file: Path, needles: Sequence[str]) -> None:
    """Blacken words in every text of an SQLite file, as they are and as JSON writes them."""
    if not file.is_file() or not needles:
        return
    spelled = _spelled(needles)
    with closing(sqlite3.connect(file, timeout=30)) as db:
        db.execute("pragma secure_delete = on")
        db.create_function("blackened", 1, lambda text: blacken(text, spelled), deterministic=True)
        for table in _tables(db):
            for column in _columns(db, table):
                text = f'"{column}"'
                db.execute(
                    f'update "{table}" set {text} = blackened({text})'
                    f" where typeof({text}) = 'text' and blackened({text}) <> {text}"
                )
        db.commit()


def _tables(db: sqlite3.Connection) -> list[str]:
    rows = db.execute("select name from sqlite_master where type = 'table' and name not like 'sqlite_%'")
    return [name for (name,) in rows]


def _columns(db: sqlite3.Connection, table: str) -> list[str]:
    rows = db.execute(f'pragma table_info("{table}")')
    return [name for _, name, type_, *_ in rows if any(word in type_.upper() for word in TEXTS)]
