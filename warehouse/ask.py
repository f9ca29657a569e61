"""Answers a query of the user's, from a reader that can do nothing beside reading the tables."""

import duckdb
import pyarrow as pa

from copydesk.warehouse.damage import damage_of
from copydesk.warehouse.judge_query import QueryError, all_lines, judge_query
from copydesk.warehouse.place import Place
from copydesk.warehouse.quoted import quoted
from copydesk.warehouse.register_tables import register_tables

MISTAKES = (duckdb.ProgrammingError, duckdb.DataError, duckdb.NotSupportedError)


def ask(con: duckdb.DuckDBPyConnection, place: Place, query: str) -> pa.Table:
    """Return the rows of a query that only reads; the reader is locked down for it and stays so. Raises QueryError."""
    lock_down(con, place)
    judge_query(con, query)
    try:
        return _intervals_as_text(con, _told_apart(con.execute(query).to_arrow_table()))
    except MISTAKES as error:
        if damage_of(error):
            raise
        raise QueryError(all_lines(error)) from error


def _told_apart(rows: pa.Table) -> pa.Table:
    """Return the rows with a number behind each name that stands before it, as DuckDB has it in tables: a, a_1."""
    names: dict[str, str] = {}
    for name in rows.column_names:
        tried = (name, *(f"{name}_{number}" for number in range(1, rows.num_columns)))
        free = next(each for each in tried if each.lower() not in names)
        names[free.lower()] = free
    return rows.rename_columns([*names.values()])


def _intervals_as_text(con: duckdb.DuckDBPyConnection, rows: pa.Table) -> pa.Table:
    """Return the rows with each interval as DuckDB writes it: outside it, few programs know the type."""
    names = [
        '"{}"'.format(field.name.replace('"', '""'))
        for field in rows.schema
        if pa.types.is_interval(field.type)
    ]
    if not names:
        return rows
    texts = ", ".join(f"cast({name} as varchar) as {name}" for name in names)
    with register_tables(con, answer=rows):
        return con.execute(f"select * replace ({texts}) from answer").to_arrow_table()


def lock_down(con: duckdb.DuckDBPyConnection, place: Place) -> None:
    """Close the way to every file but the warehouse's Parquet and DuckDB's own overflow, for good.

    No other file, network address, database or extension can be opened any more, and no setting changed. The
    functions of the catalog's extension (sqlite_scan, postgres_query ...) open files of their own past these
    switches: `judge_query` keeps them out, as it does with what writes into the folders that stay open.
    """
    overflow, is_locked = con.execute(
        "select current_setting('temp_directory'), current_setting('lock_configuration')"
    ).fetchall()[0]
    if is_locked:
        return
    folders = ", ".join(quoted(f"{each.rstrip('/')}/") for each in (place.data_path, overflow) if each)
    con.execute(f"set allowed_directories = [{folders}]")
    con.execute("set allow_community_extensions = false")
    con.execute(
        "set python_enable_replacements = false"
    )  # a name in a query is a table, never a variable of ours
    con.execute("set enable_external_access = false")
    con.execute("set lock_configuration = true")
