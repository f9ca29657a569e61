"""Brings a warehouse to the form of today: migrations, tables, comments, views and macros, in one transaction.

One for all of them: whatever kills it, the warehouse is as if it had never begun, and no reader meets a column that
has gone from under a view.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass
from importlib.metadata import version
from pathlib import Path
from types import MappingProxyType
from typing import Any

import duckdb
import pyarrow as pa

from copydesk.schemas.table import Table
from copydesk.schemas.tables import TABLES
from copydesk.schemas.user_error import UserError
from copydesk.warehouse.attach import METADATA, NoWarehouseError
from copydesk.warehouse.connect import connect_any_form
from copydesk.warehouse.in_transaction import in_transaction
from copydesk.warehouse.place import Place
from copydesk.warehouse.quoted import quoted
from copydesk.warehouse.read_schema_form import (
    Migration,
    SchemaForm,
    newest_form,
    read_migrations,
    read_schema_form,
)
from copydesk.warehouse.read_sql import read_sql
from copydesk.warehouse.write_table import append_rows

VIEWS = Path(__file__).parent / "views"
MACROS = Path(__file__).parent / "macros"
NO_FUNCTIONS: Mapping[str, Callable[..., Any]] = MappingProxyType({})

SMALL_ROW_GROUPS = ("revisions", "story_features")
"""Texts, and their terms, are read by row group: with the default of 122,880 rows each look would read them all."""


EMPTY_STATISTICS = f"""
begin;
insert into {METADATA}.ducklake_table_column_stats (table_id, column_id, contains_null, contains_nan, max_value)
select table_id, column_id, false, if(column_type like 'float%', false, null), if(column_type = 'varchar', '', null)
from {METADATA}.ducklake_column anti join {METADATA}.ducklake_table_stats using (table_id)
where end_snapshot is null and column_type not in ('list', 'struct');
insert into {METADATA}.ducklake_table_stats
select table_id, 0, 0, 0
from {METADATA}.ducklake_table anti join {METADATA}.ducklake_table_stats using (table_id)
where end_snapshot is null;
commit
"""
"""What the catalog says of a table that has never held a row.

As long as it says nothing, DuckLake 1.5 asks it anew in each statement that names such a table: 9 ms (its #1313).
A list or struct has no statistics, but what is in it has. The greatest text is the empty one, so that no file is
asked for where a text is sought (7.7 to .6 ms): rows that come replace it, and the least stays unknown.
"""


FINISHED = f"""
select count(*) >= {len(SMALL_ROW_GROUPS)} and not exists (
    from {METADATA}.ducklake_table anti join {METADATA}.ducklake_table_stats using (table_id)
    where end_snapshot is null
)
from {METADATA}.ducklake_metadata where key = 'parquet_row_group_size' and scope = 'table'
"""


@dataclass(frozen=True, slots=True)
class Definition:
    """A view or macro file: its name, its first comment (the grain) and its statement."""

    name: str
    comment: str
    sql: str


def create(
    con: duckdb.DuckDBPyConnection,
    *,
    migrations: Sequence[Migration] | None = None,
    functions: Mapping[str, Callable[..., Any]] = NO_FUNCTIONS,
) -> list[Migration]:
    """Bring the lake to the form of today, in one transaction; return the migrations that it took.

    Call it under the lease. An empty lake gets the declared tables at once; a known one the migrations that it lacks;
    either the comments, views and macros of today. Where all stands already, nothing is written. `functions` are those
    that migrations may call in their SQL. Raises UserError for a form that is newer than the last migration, or
    where the tables are not the declared ones in the end.
    """
    known = read_migrations() if migrations is None else list(migrations)
    form = read_schema_form(con, known)
    wanted = SchemaForm(newest_form(known), _fingerprint())
    if form == wanted:
        return []
    pending = [each for each in known if 0 < form.number < each.number]
    for name, function in functions.items() if pending else ():
        con.create_function(name, function)
    with in_transaction(con):
        if not form.number:
            for table in TABLES.values():
                con.execute(f"create table {table.name} ({declare_columns(table)})")
        for each in pending:
            con.execute(each.sql)
        if form.number:
            _refuse_undeclared(con, wanted.number)
        _define(con, wanted, pending if form.number else known[-1:])
    finish(con)
    return pending


def _definitions(form: SchemaForm) -> Iterator[str]:
    for table in TABLES.values():
        yield f"comment on table {table.name} is {quoted(f'One row per {table.grain}.')}"
        for name, comment in _comments(table).items():
            yield f"comment on column {table.name}.{name} is {quoted(comment)}"
    for definition in read_definitions(VIEWS):
        yield f"create or replace view {definition.name} as {definition.sql}"
        yield f"comment on view {definition.name} is {quoted(definition.comment)}"
    for definition in read_definitions(MACROS):
        yield f"create or replace macro {definition.sql}"
    yield f"create or replace view schema_form as select {form.number} as number, '{form.fingerprint}' as fingerprint"


def is_finished(con: duckdb.DuckDBPyConnection) -> bool:
    """Return whether all is there that is set behind the commit: a run may have been killed between the two."""
    return con.execute(FINISHED).fetchall() == [(True,)]


def finish(con: duckdb.DuckDBPyConnection) -> None:
    """Set what cannot be set inside the transaction that creates a table. Call it under the lease."""
    for table in SMALL_ROW_GROUPS:
        con.execute(
            f"call lake.set_option('parquet_row_group_size', 2048, schema => 'main', table_name => '{table}')"
        )
    con.execute(EMPTY_STATISTICS)


def is_of_today(place: Place) -> bool:
    """Return whether a warehouse stands there in the form of today, so that `create` would write nothing."""
    try:
        con = connect_any_form(place)
    except NoWarehouseError:
        return False
    with con:
        return read_schema_form(con) == SchemaForm(newest_form(read_migrations()), _fingerprint())


def _define(con: duckdb.DuckDBPyConnection, form: SchemaForm, taken: Sequence[Migration]) -> None:
    """Write comments, views and macros of today, and the form that they make."""
    con.execute(";\n".join(_definitions(form)))
    for each in taken:
        append_rows(
            con,
            "schema_migrations",
            "select $number as number, $name as name, now() as applied_at, $version as copydesk_version",
            {"number": each.number, "name": each.name, "version": version("copydesk")},
        )


def read_definitions(folder: Path) -> list[Definition]:
    """Return a folder's SQL files in order of name; the leading comment lines are the description."""
    read = ((file.stem, *read_sql(file)) for file in sorted(folder.glob("*.sql")))
    return [Definition(name, " ".join(comment), sql) for name, comment, sql in read]


def declare_columns(table: Table) -> str:
    """Return the column list of a `create table` statement."""
    return ", ".join(_declaration(field) for field in table.schema)


def _fingerprint() -> str:
    """Return a hash of all that is defined in the lake, the same in every process."""
    tables = [
        [table.name, table.grain, declare_columns(table), [list(_comments(table).items())]]
        for table in TABLES.values()
    ]
    definitions = [astuple(each) for folder in (VIEWS, MACROS) for each in read_definitions(folder)]
    return hashlib.sha256(json.dumps([tables, definitions, SMALL_ROW_GROUPS]).encode()).hexdigest()


def _refuse_undeclared(con: duckdb.DuckDBPyConnection, form: int) -> None:
    """Raise UserError where tables are not as declared, with the lines that would make them so."""
    stored = _stored_columns(con)
    lines = [line for table in TABLES.values() for line in _missing_lines(stored.get(table.name, {}), table)]
    if lines:
        raise UserError(
            "the tables are not as schemas/ declares them; give them a migration in warehouse/migrations/, as in"
            f" {form + 1:04}_what_it_does.sql: {' '.join(lines)}"
        )


def _missing_lines(stored: Mapping[str, str], table: Table) -> list[str]:
    if not stored:
        return [f"create table {table.name} ({declare_columns(table)});"]
    declared = {field.name: _declaration(field) for field in table.schema}
    return [
        *(
            f"alter table {table.name} add column {declared[name]};"
            for name in declared
            if name not in stored
        ),
        *(f"alter table {table.name} drop column {name};" for name in stored if name not in declared),
        *(
            f"-- {table.name}.{name}: stored as {stored[name]}, declared as {declared[name]}"
            for name in declared
            if name in stored and stored[name] != declared[name].replace('"', "")
        ),
    ]


def _stored_columns(con: duckdb.DuckDBPyConnection) -> dict[str, dict[str, str]]:
    """Return how each column of each table is declared."""
    rows = con.execute(
        "select table_name, column_name,"
        " column_name || ' ' || replace(data_type, chr(34), '') || if(is_nullable, '', ' not null')"
        " from duckdb_columns() where database_name = current_database()"
    ).fetchall()
    stored: dict[str, dict[str, str]] = defaultdict(dict)
    for table, column, declaration in rows:
        stored[table][column] = declaration
    return stored


def _comments(table: Table) -> dict[str, str]:
    return {
        name: column.sentence + (f" ({column.unit})" if column.unit else "")
        for name, column in table.columns.items()
    }


def _declaration(field: pa.Field) -> str:
    return f"{field.name} {sql_type(field.type)}{'' if field.nullable else ' not null'}"


def sql_type(type_: pa.DataType) -> str:
    """Return how DuckDB calls an Arrow type."""
    if pa.types.is_list(type_):
        return f"{sql_type(type_.value_type)}[]"
    if pa.types.is_struct(type_):
        return "STRUCT(" + ", ".join(f'"{f.name}" {sql_type(f.type)}' for f in type_) + ")"
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
    pa.timestamp("us"): "TIMESTAMP",
    pa.timestamp("us", tz="UTC"): "TIMESTAMP WITH TIME ZONE",
}
