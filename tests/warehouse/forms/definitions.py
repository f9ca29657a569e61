"""The form of today, and what a warehouse defines."""

from typing import Any

import duckdb

from copydesk.warehouse.read_schema_form import newest_form, read_migrations

TODAY = newest_form(read_migrations())


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
