"""Turns what schemas/ declares into checks, so that a new table or column is under the law at once."""

from collections.abc import Iterable, Iterator

import duckdb

from schemas.table import Table
from schemas.tables import TABLES
from warehouse.check_result import Check
from warehouse.create import VIEWS


def schema_checks(con: duckdb.DuckDBPyConnection) -> list[Check]:
    """Return the checks that follow from the declared tables; their offenders name table and column."""
    filled = [table for table in TABLES.values() if table.name in _filled(con)]
    laws = (
        ("schema_is_as_declared", "Every table, view and column stands as it is declared.", _schema(con)),
        ("keys_are_unique", "No two rows of a table share a key.", map(_repeated_keys, filled)),
        ("references_are_whole", "Every identifier that points to a row finds it.", _lost_references(filled)),
        ("required_fields_are_there", "A column that may not be null has no null.", _nulls(con, filled)),
        ("words_are_known", "A column with a closed set of words holds no other.", _strange_words(filled)),
        ("ratios_are_ratios", "A ratio lies between 0 and 1.", _strange_ratios(filled)),
    )
    return [Check(name, law, "error", _union(parts)) for name, law, parts in laws]


def _union(parts: Iterable[str]) -> str:
    return "\nunion all\n".join(parts) or "select null as nothing where false"


def _schema(con: duckdb.DuckDBPyConnection) -> Iterator[str]:
    expected = ", ".join(
        f"({_text(table.name)}, {_text(name)}, {_text(_declared(str(type_), is_nullable=column.is_nullable))})"
        for table in TABLES.values()
        for (name, column), type_ in zip(table.columns.items(), _types(con, table), strict=True)
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
            select {_text(file.stem)}, null, 'view', null
            where {_text(file.stem)} not in (
                select view_name from duckdb_views() where database_name = current_database()
            )
        """


def _declared(type_: str, *, is_nullable: bool) -> str:
    return type_.replace('"', "") + ("" if is_nullable else " not null")


def _types(con: duckdb.DuckDBPyConnection, table: Table) -> list[object]:
    return list(con.from_arrow(table.schema.empty_table()).types)


def _repeated_keys(table: Table) -> str:
    # Grouping by a hash first costs a third of grouping by the texts; the few that are left are compared whole.
    key = ", ".join(table.key)
    return f"""
        select {_text(table.name)} as table_name, concat_ws(' / ', {key}) as key_value, count(*) as row_count
        from {table.name}
        where hash({key}) in (select hash({key}) from {table.name} group by all having count(*) > 1)
        group by {key} having count(*) > 1
    """


def _lost_references(filled: Iterable[Table]) -> Iterator[str]:
    by_target: dict[str, list[str]] = {}
    for table in filled:
        for name, column in table.columns.items():
            if column.references and column.references != f"{table.name}.{name}":
                by_target.setdefault(column.references, []).append(f"""
                    select {_text(f"{table.name}.{name}")} as column_name, {name} as points_to,
                        count(*) as row_count
                    from {table.name} where {name} is not null group by all
                """)
    for target, pointers in by_target.items():
        name, column_name = target.split(".")
        yield f"""
            select column_name, points_to, row_count from ({" union all ".join(pointers)}) as pointers
            anti join {name} on points_to = {name}.{column_name}
        """


def _nulls(con: duckdb.DuckDBPyConnection, filled: Iterable[Table]) -> Iterator[str]:
    """Only columns that the files' own statistics do not clear of nulls are read: bodies are large."""
    clear = _columns_without_nulls(con)
    for table in filled:
        for name, column in table.columns.items():
            if not column.is_nullable and (table.name, name) not in clear:
                yield f"""
                    select {_text(f"{table.name}.{name}")} as column_name,
                        concat_ws(' / ', {", ".join(table.key)}) as key_value
                    from {table.name} where {name} is null
                """


def _filled(con: duckdb.DuckDBPyConnection) -> set[str]:
    lake = _metadata(con)
    rows = con.execute(f"""
        select t.table_name from {lake}.ducklake_table as t
        where t.end_snapshot is null and (
            t.table_id in (select table_id from {lake}.ducklake_data_file where end_snapshot is null)
            or t.table_id in (select table_id from {lake}.ducklake_inlined_data_tables)
        )
    """).fetchall()
    return {name for (name,) in rows}


def _columns_without_nulls(con: duckdb.DuckDBPyConnection) -> set[tuple[str, str]]:
    lake = _metadata(con)
    rows = con.execute(f"""
        select t.table_name, c.column_name
        from {lake}.ducklake_table as t
        join {lake}.ducklake_column as c using (table_id)
        join {lake}.ducklake_data_file as f using (table_id)
        left join {lake}.ducklake_file_column_stats as s using (data_file_id, column_id)
        where t.end_snapshot is null and c.end_snapshot is null and f.end_snapshot is null
            and t.table_id not in (select table_id from {lake}.ducklake_inlined_data_tables)
            and c.parent_column is null
        group by all
        having bool_and(coalesce(s.null_count = 0, false))
    """).fetchall()
    return set(rows)


def _metadata(con: duckdb.DuckDBPyConnection) -> str:
    return f"__ducklake_metadata_{con.execute('select current_database()').fetchall()[0][0]}"


def _strange_words(filled: Iterable[Table]) -> Iterator[str]:
    for table in filled:
        for name, column in table.columns.items():
            if column.values is not None:
                known = ", ".join(_text(word) for word in sorted(column.values))
                yield f"""
                    select {_text(f"{table.name}.{name}")} as column_name, {name} as word, count(*) as row_count
                    from {table.name} where {name} not in ({known}) group by all
                """


def _strange_ratios(filled: Iterable[Table]) -> Iterator[str]:
    for table in filled:
        for name, column in table.columns.items():
            if column.unit == "0 to 1":
                yield f"""
                    select {_text(f"{table.name}.{name}")} as column_name, {name} as ratio, count(*) as row_count
                    from {table.name} where {name} not between 0 and 1 or isnan({name}) group by all
                """


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
