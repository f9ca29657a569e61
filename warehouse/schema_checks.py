"""Turns what schemas/ declares into checks, so that a new table or column is under the law at once."""

from collections.abc import Iterable, Iterator

import duckdb

from copydesk.schemas.table import Table
from copydesk.schemas.tables import TABLES
from copydesk.warehouse.attach import METADATA
from copydesk.warehouse.create import VIEWS
from copydesk.warehouse.quoted import quoted
from copydesk.warehouse.run_check import Check

SCHEMA_LAWS = {
    "schema_is_as_declared": "Every table, view and column stands as it is declared.",
    "keys_are_unique": "No two rows of a table share a key.",
    "references_are_whole": "Every identifier that points to a row finds it.",
    "required_fields_are_there": "A column that may not be null has no null.",
    "words_are_known": "A column with a closed set of words holds no other.",
    "ratios_are_ratios": "A ratio lies between 0 and 1.",
}
"""The laws that follow from the declared tables; a break is an error."""

IN_VIEW = "run_id in (select unnest($runs))"

LARGE_ROWS = 3_000_000
"""Of a table with more rows than this, keys and references are looked at for the runs in view."""


def schema_checks(con: duckdb.DuckDBPyConnection) -> list[Check]:
    """Return the checks that follow from the declared tables; their offenders name table and column."""
    counts = _row_counts(con)
    filled = [table for table in TABLES.values() if table.name in counts]
    large = {table.name for table in filled if counts[table.name] > LARGE_ROWS and "run_id" in table.columns}
    parts = {
        "schema_is_as_declared": _schema(con),
        "keys_are_unique": _repeated_keys(filled, large),
        "references_are_whole": _lost_references(filled, large),
        "required_fields_are_there": _nulls(con, filled),
        "words_are_known": _strange_words(filled),
        "ratios_are_ratios": _strange_ratios(filled),
    }
    return [Check(name, law, "error", _union(parts[name])) for name, law in SCHEMA_LAWS.items()]


def _union(parts: Iterable[str]) -> str:
    return "\nunion all\n".join(parts) or "select null as nothing where false"


def _schema(con: duckdb.DuckDBPyConnection) -> Iterator[str]:
    expected = ", ".join(
        f"({quoted(table.name)}, {quoted(name)}, {quoted(declared)})"
        for table in TABLES.values()
        for name, declared in _declared(con, table)
    )
    yield f"""
        select e.table_name, e.column_name, e.type as declared, s.type as found
        from (values {expected}) as e (table_name, column_name, type)
        left join (
            select table_name, column_name,
                replace(data_type, '"', '') || if(is_nullable, '', ' not null') as type
            from duckdb_columns() where database_name = current_database()
        ) as s on s.table_name = e.table_name and s.column_name = e.column_name
        where e.type is distinct from s.type
    """
    for file in sorted(VIEWS.glob("*.sql")):
        yield f"""
            select {quoted(file.stem)}, null, 'view', null
            where {quoted(file.stem)} not in (
                select view_name from duckdb_views() where database_name = current_database()
            )
        """


def _declared(con: duckdb.DuckDBPyConnection, table: Table) -> Iterator[tuple[str, str]]:
    types = con.from_arrow(table.schema.empty_table()).types
    for (name, column), type_ in zip(table.columns.items(), types, strict=True):
        yield name, str(type_).replace('"', "") + ("" if column.is_nullable else " not null")


def _repeated_keys(filled: Iterable[Table], large: set[str]) -> Iterator[str]:
    # Grouping by a hash first costs a third of grouping by texts; the few that are left are compared whole.
    for table in filled:
        key = ", ".join(table.key)
        rows = f"{table.name}{_view(table, large)}"
        yield f"""
            select {quoted(table.name)} as table_name, concat_ws(' / ', {key}) as key_value, count(*) as row_count
            from (from {rows})
            where hash({key}) in (select hash({key}) from {rows} group by all having count(*) > 1)
            group by {key} having count(*) > 1
        """


def _view(table: Table, large: set[str]) -> str:
    return f" where {IN_VIEW}" if table.name in large else ""


def _lost_references(filled: Iterable[Table], large: set[str]) -> Iterator[str]:
    """One join a target, however many columns point to it: hashing a million identifiers is what costs."""
    by_target: dict[str, list[str]] = {}
    for table in filled:
        for name, column in table.columns.items():
            if column.references and column.references != f"{table.name}.{name}":
                by_target.setdefault(column.references, []).append(
                    f"select {quoted(f'{table.name}.{name}')} as column_name, {name} as points_to "
                    f"from {table.name}{_view(table, large)}"
                )
    for target, pointers in by_target.items():
        name, column_name = target.split(".")
        yield f"""
            select column_name, points_to, count(*) as row_count
            from ({" union all ".join(pointers)}) as pointers
            anti join {name} on pointers.points_to = {name}.{column_name}
            where points_to is not null
            group by all
        """


def _nulls(con: duckdb.DuckDBPyConnection, filled: Iterable[Table]) -> Iterator[str]:
    """Bodies are large: only columns that the files' own statistics do not clear of nulls are read.

    Lists and structs have no statistics; they are read for the runs in view.
    """
    suspects = _columns_with_nulls(con)
    for table in filled:
        for name, column in table.columns.items():
            if not column.is_nullable and (table.name, name) in suspects:
                is_known = suspects[table.name, name]
                view = "" if is_known or "run_id" not in table.columns else f" and {IN_VIEW}"
                yield f"""
                    select {quoted(f"{table.name}.{name}")} as column_name,
                        concat_ws(' / ', {", ".join(table.key)}) as key_value
                    from {table.name} where {name} is null{view}
                """


def _row_counts(con: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """Return the rows of each table that has any, by the catalog's own count."""
    rows = con.execute(f"""
        select t.table_name, coalesce(sum(f.record_count), 0)::bigint
        from {METADATA}.ducklake_table as t
        left join {METADATA}.ducklake_data_file as f on f.table_id = t.table_id and f.end_snapshot is null
        where t.end_snapshot is null
            and (f.table_id is not null
                or t.table_id in (select table_id from {METADATA}.ducklake_inlined_data_tables))
        group by t.table_name
    """).fetchall()
    return dict(rows)


def _columns_with_nulls(con: duckdb.DuckDBPyConnection) -> dict[tuple[str, str], bool]:
    """Return the columns that are not known to be without nulls, and whether they are known to have some."""
    rows = con.execute(f"""
        select t.table_name, c.column_name, coalesce(max(s.null_count), 0) > 0
        from {METADATA}.ducklake_table as t
        join {METADATA}.ducklake_column as c using (table_id)
        left join {METADATA}.ducklake_data_file as f on f.table_id = t.table_id and f.end_snapshot is null
        left join {METADATA}.ducklake_file_column_stats as s
            on s.data_file_id = f.data_file_id and s.column_id = c.column_id
        where t.end_snapshot is null and c.end_snapshot is null and c.parent_column is null
        group by t.table_id, t.table_name, c.column_name
        having not bool_and(coalesce(s.null_count = 0, false))
            or t.table_id in (select table_id from {METADATA}.ducklake_inlined_data_tables)
    """).fetchall()
    return {(table, column): has_nulls for table, column, has_nulls in rows}


def _strange_words(filled: Iterable[Table]) -> Iterator[str]:
    for table in filled:
        for name, column in table.columns.items():
            if column.values is not None:
                known = ", ".join(quoted(word) for word in sorted(column.values))
                yield f"""
                    select {quoted(f"{table.name}.{name}")} as column_name, {name} as word, count(*) as row_count
                    from {table.name} where {name} not in ({known}) group by all
                """


def _strange_ratios(filled: Iterable[Table]) -> Iterator[str]:
    for table in filled:
        for name, column in table.columns.items():
            if column.unit == "0 to 1":
                yield f"""
                    select {quoted(f"{table.name}.{name}")} as column_name, {name} as ratio, count(*) as row_count
                    from {table.name} where {name} not between 0 and 1 or isnan({name}) group by all
                """
