"""Tells whether a text is one query that only reads the tables.

DuckDB's read-only attach stops writes into the lake, and `lock_down` stops files and settings. What neither stops is
judged here, on DuckDB's own parse of the text: statements that write where files may be written, functions that open
databases or delete files, and the places where the catalog's password and S3 keys can be read.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

import duckdb

from copydesk.schemas.user_error import UserError

ONE_QUERY = (
    "the warehouse is read-only here: give one query (SELECT, FROM, WITH, PIVOT, DESCRIBE, SHOW, EXPLAIN)"
)
TABLE_FUNCTIONS = frozenset(
    """
    duckdb_columns duckdb_constraints duckdb_extensions duckdb_functions duckdb_keywords duckdb_schemas duckdb_tables
    duckdb_types duckdb_views ducklake_current_snapshot ducklake_last_committed_snapshot ducklake_list_files
    ducklake_snapshots ducklake_table_changes ducklake_table_deletions ducklake_table_info ducklake_table_insertions
    current_snapshot last_committed_snapshot list_files snapshots table_changes table_deletions table_info
    table_insertions generate_series range repeat repeat_row unnest json_each json_tree summary histogram
    histogram_values icu_calendar_names pg_timezone_names pragma_table_info pragma_show pragma_version test_all_types
    """.split()  # noqa: SIM905 - a list of words is read as one
)
"""Functions that may stand after FROM, besides the warehouse's own macros. All others are refused, so that one which
a later DuckDB brings is not let in unseen."""

SCALAR_FUNCTIONS = frozenset({"current_setting", "getenv", "getvariable", "nextval", "write_log"})
"""Refused: they read the environment and the settings (S3 keys), or leave something behind."""

TABLES = frozenset(
    {"duckdb_databases", "duckdb_logs", "duckdb_settings", "pg_settings", "pragma_database_list"}
)
"""Refused: DuckDB's own views that show connection strings and settings."""

EXPLAIN = re.compile(r"\s*explain\s+(?:analyze\s+)?(?:\([^)]*\)\s*)?", re.IGNORECASE)
PIVOT = [duckdb.StatementType.CREATE, duckdb.StatementType.SELECT]


class QueryError(UserError):
    """A query of the user's that is refused, or that DuckDB cannot run; says why."""


def judge_query(con: duckdb.DuckDBPyConnection, query: str) -> None:
    """Raise QueryError for all but one query that only reads, saying what is refused."""
    try:
        statements = con.extract_statements(query)
    except duckdb.Error as error:
        raise QueryError(all_lines(error)) from error
    kinds = [statement.type for statement in statements]
    if kinds == [duckdb.StatementType.EXPLAIN] and (found := EXPLAIN.match(query)):
        judge_query(con, query[found.end() :])
    elif kinds == [duckdb.StatementType.SELECT]:
        _judge_names(con, _names(con, query))
    elif kinds == PIVOT and not statements[0].query:  # DuckDB's own; nobody has written it
        _judge_names(con, _words(con, query))
    else:
        raise QueryError(f"{ONE_QUERY}, not {', '.join(kind.name for kind in kinds) or 'nothing'}")


def all_lines(error: BaseException) -> str:
    """Return what an error says with DuckDB's drawing of the place, without empty lines."""
    return "\n".join(line for line in str(error).splitlines() if line.strip()) or type(error).__name__


def first_line(error: BaseException) -> str:
    """Return what an error says, without DuckDB's drawing of the place; one that says nothing is named."""
    return next(iter(str(error).splitlines()), "") or type(error).__name__


def _judge_names(con: duckdb.DuckDBPyConnection, names: Iterator[tuple[str, str]]) -> None:
    allowed = TABLE_FUNCTIONS | _macros(con)
    for kind, name in names:
        if kind == "function" and name not in allowed:
            raise QueryError(
                f"{name}() is not to be had here: a query reads the warehouse's tables, and only those"
            )
        if kind == "scalar" and name in SCALAR_FUNCTIONS:
            raise QueryError(f"{name}() is not to be had here")
        if kind == "table" and (
            name in TABLES or name.startswith("__ducklake_metadata") or re.search(r"[./\\]", name)
        ):
            raise QueryError(
                f"{name} is not to be had here: a query reads the warehouse's tables, and only those"
            )


def _names(con: duckdb.DuckDBPyConnection, query: str) -> Iterator[tuple[str, str]]:
    """Yield the functions, scalar functions and tables that a query names, from DuckDB's tree of it."""
    tree = json.loads(con.execute("select json_serialize_sql(?)", [query]).fetchall()[0][0])
    if tree["error"]:
        raise QueryError(f"{ONE_QUERY}, not a PRAGMA")
    yield from _walk(tree["statements"])


def _words(con: duckdb.DuckDBPyConnection, query: str) -> Iterator[tuple[str, str]]:
    """Yield what the words of a query may name, be they used so or not.

    For a pivot over values that are yet to be found: DuckDB takes it apart and gives no tree of it.
    """
    rows = con.execute(
        "select function_name from duckdb_functions() where function_type in ('table', 'table_macro', 'pragma')"
    ).fetchall()
    functions = {row[0] for row in rows}
    for word in re.findall(r"\w+", query.lower()):
        yield "table", word
        yield "function" if word in functions else "scalar", word


def _walk(node: Any) -> Iterator[tuple[str, str]]:
    if isinstance(node, list):
        for each in node:
            yield from _walk(each)
        return
    if not isinstance(node, dict):
        return
    if node.get("type") == "TABLE_FUNCTION":
        yield "function", node["function"]["function_name"].lower()
    elif node.get("class") == "FUNCTION":
        yield "scalar", node["function_name"].lower()
    elif node.get("type") == "BASE_TABLE":
        yield from (
            ("table", node[key].lower())
            for key in ("catalog_name", "schema_name", "table_name")
            if node.get(key)
        )
    for each in node.values():
        yield from _walk(each)


def _macros(con: duckdb.DuckDBPyConnection) -> set[str]:
    """Return the table macros that the warehouse brings."""
    rows = con.execute(
        "select function_name from duckdb_functions()"
        " where function_type = 'table_macro' and database_name = current_database()"
    ).fetchall()
    return {row[0] for row in rows}
