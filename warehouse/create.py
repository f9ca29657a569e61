"""Brings the warehouse's definitions up to date: tables, comments, views and macros, in one transaction."""

import hashlib
import json
from dataclasses import astuple, dataclass
from pathlib import Path

import duckdb
import pyarrow as pa

from schemas.table import Table
from schemas.tables import TABLES

VIEWS = Path(__file__).parent / "views"
MACROS = Path(__file__).parent / "macros"


SMALL_ROW_GROUPS = (
    "call lake.set_option('parquet_row_group_size', 2048, schema => 'main', table_name => 'revisions')"
)
"""Texts of single articles are read by row group: with the default of 122,880 rows each look would read them all."""


class MigrationError(RuntimeError):
    """The stored tables cannot be brought to the declared form without losing something."""


@dataclass(frozen=True, slots=True)
class Definition:
    """A view or macro file: its name, its first comment (the grain) and its statement."""

    name: str
    comment: str
    sql: str


def create(con: duckdb.DuckDBPyConnection) -> bool:
    """Create or migrate all definitions; return whether anything changed.

    New tables and new nullable columns are added, views and macros replaced. Raises MigrationError for a
    column whose type changed or a new column that may not be null.
    """
    changed = _define(con)
    if not con.execute(
        "from ducklake_options('lake') where option_name = 'parquet_row_group_size'"
    ).fetchall():
        con.execute(SMALL_ROW_GROUPS)  # not possible inside the transaction that creates the table
    return changed


def _define(con: duckdb.DuckDBPyConnection) -> bool:
    fingerprint = _fingerprint()
    if _stored_fingerprint(con) == fingerprint:
        return False
    con.execute("begin")
    for table in TABLES.values():
        _create_table(con, table)
    for definition in read_definitions(VIEWS):
        con.execute(f"create or replace view {definition.name} as {definition.sql}")
        con.execute(f"comment on view {definition.name} is {_quoted(definition.comment)}")
    for definition in read_definitions(MACROS):
        con.execute(f"create or replace macro {definition.sql}")
    con.execute("delete from schema_fingerprint")
    con.execute("insert into schema_fingerprint values (?)", [fingerprint])
    con.execute("commit")
    return True


def read_definitions(folder: Path) -> list[Definition]:
    """Return a folder's SQL files in order of name; the leading comment lines are the description."""
    return [_read_definition(file) for file in sorted(folder.glob("*.sql"))]


def declare_columns(table: Table) -> str:
    """Return the column list of a `create table` statement."""
    return ", ".join(_declaration(name, field) for name, field in _fields(table))


def _read_definition(file: Path) -> Definition:
    lines = file.read_text("utf-8").splitlines()
    comment: list[str] = []
    for line in lines:
        if not line.startswith("--"):
            break
        comment.append(line.removeprefix("--").strip())
    return Definition(file.stem, " ".join(comment), "\n".join(lines[len(comment) :]).strip().rstrip(";"))


def _fingerprint() -> str:
    """Return a hash of all that is defined in the lake, the same in every process."""
    tables = [
        [table.name, table.grain, declare_columns(table), [list(_comments(table).items())]]
        for table in TABLES.values()
    ]
    definitions = [astuple(each) for folder in (VIEWS, MACROS) for each in read_definitions(folder)]
    return hashlib.sha256(json.dumps([tables, definitions]).encode()).hexdigest()


def _stored_fingerprint(con: duckdb.DuckDBPyConnection) -> str | None:
    try:
        row = con.execute("select fingerprint from schema_fingerprint").fetchone()
    except duckdb.CatalogException:
        con.execute("create table schema_fingerprint (fingerprint varchar)")
        con.execute(
            "comment on table schema_fingerprint is 'Hash of all definitions that were applied last.'"
        )
        return None
    return row[0] if row else None


def _create_table(con: duckdb.DuckDBPyConnection, table: Table) -> None:
    stored = _stored_columns(con, table.name)
    if not stored:
        con.execute(f"create table {table.name} ({declare_columns(table)})")
    for name, field in _fields(table):
        if stored and name not in stored:
            if not field.nullable:
                raise MigrationError(f"{table.name}.{name} is new and may not be null; give it a migration")
            con.execute(f"alter table {table.name} add column {name} {_sql_type(field.type)}")
        elif stored and stored[name].replace(chr(34), "") != _sql_type(field.type).replace(chr(34), ""):
            raise MigrationError(f"{table.name}.{name} is {stored[name]}, declared {_sql_type(field.type)}")
    con.execute(f"comment on table {table.name} is {_quoted(f'One row per {table.grain}.')}")
    for name, comment in _comments(table).items():
        con.execute(f"comment on column {table.name}.{name} is {_quoted(comment)}")


def _comments(table: Table) -> dict[str, str]:
    return {
        name: column.sentence + (f" ({column.unit})" if column.unit else "")
        for name, column in table.columns.items()
    }


def _stored_columns(con: duckdb.DuckDBPyConnection, name: str) -> dict[str, str]:
    rows = con.execute(
        "select column_name, data_type from duckdb_columns()"
        " where database_name = current_database() and table_name = ?",
        [name],
    ).fetchall()
    return dict(rows)


def _fields(table: Table) -> list[tuple[str, pa.Field]]:
    return [(field.name, field) for field in table.schema]


def _declaration(name: str, field: pa.Field) -> str:
    return f"{name} {_sql_type(field.type)}{'' if field.nullable else ' not null'}"


def _sql_type(type_: pa.DataType) -> str:
    if pa.types.is_list(type_):
        return f"{_sql_type(type_.value_type)}[]"
    if pa.types.is_struct(type_):
        return "STRUCT(" + ", ".join(f'"{f.name}" {_sql_type(f.type)}' for f in type_) + ")"
    return SQL_TYPES[type_]


SQL_TYPES: dict[pa.DataType, str] = {
    pa.string(): "VARCHAR",
    pa.bool_(): "BOOLEAN",
    pa.int32(): "INTEGER",
    pa.int64(): "BIGINT",
    pa.uint64(): "UBIGINT",
    pa.float64(): "DOUBLE",
    pa.binary(): "BLOB",
    pa.date32(): "DATE",
    pa.timestamp("us", tz="UTC"): "TIMESTAMP WITH TIME ZONE",
}


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
