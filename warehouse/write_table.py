"""The one writer of the lake's tables: rows enter, change and leave by the names of their columns, never by position.

A column that a migration has added stands last in an old warehouse and where it is declared in a fresh one.
"""

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

import duckdb
import pyarrow as pa

from copydesk.schemas.table import conform
from copydesk.schemas.tables import TABLES
from copydesk.warehouse.fetch_rows import fetch_rows
from copydesk.warehouse.register_tables import register_tables

WRITTEN = "rows_to_write"
NONE: Mapping[str, Any] = {}

Rows: TypeAlias = pa.Table | Sequence[Mapping[str, Any]]


def append_rows(
    con: duckdb.DuckDBPyConnection, table: str, rows: Rows | str, values: Mapping[str, Any] = NONE
) -> None:
    """Append rows to a declared table: given ones, which all bear the values too, or those of a query that binds them.

    Columns that the rows lack are null. Raises NotConformingError or duckdb.Error for rows that do not fit.
    """
    if isinstance(rows, str):
        con.execute(f"insert into {TABLES[table].name} by name {rows}", values)
        return
    given = _as_declared(table, rows, values)
    if not given.num_rows:
        return
    with register_tables(con, **{WRITTEN: given}):
        con.execute(f"insert into {TABLES[table].name} by name from {WRITTEN}")


def replace_rows(con: duckdb.DuckDBPyConnection, table: str, rows: Rows) -> None:
    """Write rows in place of those with the same key."""
    given = _as_declared(table, rows)
    if not given.num_rows:
        return
    with register_tables(con, **{WRITTEN: given}):
        if given.num_rows == 1:  # by its values: statistics may tell that there is none (8 to .7 ms)
            keys = given.select(TABLES[table].key).to_pylist()[0]
            con.execute(
                f"delete from {table} where {' and '.join(f'{key} = ?' for key in keys)}", [*keys.values()]
            )
        else:
            con.execute(
                f"delete from {table} where exists (select 1 from {WRITTEN} where {_same_key(table)})"
            )
        con.execute(f"insert into {table} by name from {WRITTEN}")


def update_rows(
    con: duckdb.DuckDBPyConnection, table: str, query: str, values: Mapping[str, Any] | None = None
) -> None:
    """Set the columns that a query gives beside the key in the rows with that key; all others stay.

    An update reads the whole table, texts and all: these rows are fetched, and replaced.
    """
    given = con.execute(query, values).to_arrow_table()
    if not given.num_rows:
        return
    keys = TABLES[table].key
    stored = fetch_rows(con, table, given.select(keys), list(TABLES[table].columns))
    sets = ", ".join(f"as_given.{name} as {name}" for name in given.column_names if name not in keys)
    changed = f"select as_stored.* replace ({sets}) from as_stored join as_given using ({', '.join(keys)})"
    with register_tables(con, as_given=given, as_stored=stored):
        rows = con.execute(changed).to_arrow_table()
    replace_rows(con, table, rows)


def delete_rows(
    con: duckdb.DuckDBPyConnection, table: str, where: str, values: Mapping[str, Any] | None = None
) -> None:
    """Delete the rows of a declared table that a condition names."""
    con.execute(f"delete from {TABLES[table].name} where {where}", values)


def _as_declared(table: str, rows: Rows, values: Mapping[str, Any] = NONE) -> pa.Table:
    if not isinstance(rows, pa.Table):
        rows = pa.Table.from_pylist([*rows], TABLES[table].schema)
    for name, value in values.items():
        rows = rows.append_column(name, pa.repeat(value, rows.num_rows))
    return conform(rows, TABLES[table])


def _same_key(table: str) -> str:
    return " and ".join(f"{table}.{key} = {WRITTEN}.{key}" for key in TABLES[table].key)


def count_events(con: duckdb.DuckDBPyConnection, table: str, run_id: str) -> int:
    """Return how many events of a run stand in a declared table."""
    rows = con.execute(f"select count(*) from {TABLES[table].name} where run_id = ?", [run_id]).fetchall()
    return int(rows[0][0])
