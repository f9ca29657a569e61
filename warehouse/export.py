"""Writes the tables, or the answer of a query, as files that open anywhere without an extension."""

import json
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb

from copydesk.schemas.enums import ExportFormat
from copydesk.schemas.table import Table
from copydesk.schemas.tables import SHELVES, TABLES
from copydesk.schemas.user_error import UserError
from copydesk.warehouse.ask import MISTAKES
from copydesk.warehouse.attach import CATALOG
from copydesk.warehouse.create import VIEWS, read_definitions
from copydesk.warehouse.export_files import Selects, write_csv, write_jsonl, write_parquet, write_sqlite
from copydesk.warehouse.judge_query import QueryError, all_lines, judge_query
from copydesk.warehouse.quoted import quoted

HEAD = f"""# Written by `copydesk export --dbt`. The profile attaches it as `{CATALOG}` (docs/analysts.md).
version: 2
sources:
  - name: copydesk
    database: {CATALOG}
    schema: main
    tables:
"""


def export(
    con: duckdb.DuckDBPyConnection, out: Path, form: ExportFormat, *, query: str | None = None
) -> dict[str, int]:
    """Write tables and views, or only the rows of a query as `result`; return the rows written by name.

    State that no view reads means nothing outside the warehouse and is left out. A DuckDB file has the tables with
    their comments and the views as views; of a query, and in the other formats, each is a table or a file. Nothing
    that exists is overwritten: raises UserError; QueryError for a query that cannot run or does more than read.
    """
    _refuse_existing(out)
    if query is not None:
        judge_query(con, query)
    # DuckDB tells columns of one name apart only of what is asked again; a comment may end the query.
    selects = {"result": f"from ({query.rstrip().rstrip(';')}\n)"} if query else _selects(form)
    try:
        return WRITERS[form](con, out, selects)
    except BaseException as error:
        _remove(out)
        if query and isinstance(error, MISTAKES):
            raise QueryError(all_lines(error)) from error
        raise


def _refuse_existing(out: Path) -> None:
    if out.exists():
        raise UserError(f"{out} exists; give a new name, or remove it first")
    if not out.parent.is_dir():
        raise UserError(f"{out.parent}: no such folder")


def _remove(out: Path) -> None:
    """Leave no half of an export: the next one would find the place taken."""
    if out.is_dir():
        shutil.rmtree(out)
    else:
        out.unlink(missing_ok=True)
        out.with_name(f"{out.name}.wal").unlink(missing_ok=True)


def _selects(form: ExportFormat) -> dict[str, str]:
    views = read_definitions(VIEWS)
    *shelves, state = SHELVES.values()
    told = [table for shelf in shelves for table in shelf]
    told += [table for table in state if any(re.search(rf"\b{table.name}\b", view.sql) for view in views)]
    tables = {table.name: f"select {', '.join(table.columns)} from {table.name}" for table in told}
    if form is ExportFormat.DUCKDB:
        return tables
    return tables | {view.name: f"select * from {view.name}" for view in views}


def _write_duckdb(con: duckdb.DuckDBPyConnection, out: Path, selects: Selects) -> dict[str, int]:
    lake = con.execute("select current_database()").fetchall()[0][0]
    con.execute(f"attach {quoted(str(out))} as exported")
    try:
        for name, select in selects.items():
            con.execute(f"create table exported.main.{name} as {select}")
        if set(selects) != {"result"}:
            _describe(con, lake, selects)
        return {
            name: con.execute(f"select count(*) from exported.main.{name}").fetchall()[0][0]
            for name in selects
        }
    finally:
        con.execute(f"use {lake}")
        con.execute("detach exported")


def _describe(con: duckdb.DuckDBPyConnection, lake: str, selects: Selects) -> None:
    con.execute("use exported")
    for name in selects:
        con.execute(f"comment on table {name} is {quoted(f'One row per {TABLES[name].grain}.')}")
        for column, declared in TABLES[name].columns.items():
            con.execute(f"comment on column {name}.{column} is {quoted(declared.sentence)}")
    for view in read_definitions(VIEWS):
        con.execute(f"create view {view.name} as {view.sql}")
        con.execute(f"comment on view {view.name} is {quoted(view.comment)}")
    con.execute(f"use {lake}")


WRITERS: dict[ExportFormat, Callable[[duckdb.DuckDBPyConnection, Path, Selects], dict[str, int]]] = {
    ExportFormat.DUCKDB: _write_duckdb,
    ExportFormat.SQLITE: write_sqlite,
    ExportFormat.PARQUET: write_parquet,
    ExportFormat.CSV: write_csv,
    ExportFormat.JSONL: write_jsonl,
}


def write_dbt_sources(out: Path) -> int:
    """Write the file; return how many tables and views it names. What is state is left out."""
    *shelves, _state = SHELVES.values()
    tables = [table for shelf in shelves for table in shelf]
    views = read_definitions(VIEWS)
    lines = [line for table in tables for line in _table(table)]
    for view in views:
        lines += _named(view.name, view.comment)
    out.write_text(HEAD + "".join(f"      {line}\n" for line in lines), "utf-8")
    return len(tables) + len(views)


def _table(table: Table) -> Iterator[str]:
    yield from _named(table.name, f"One row per {table.grain}.")
    yield "  columns:"
    for name, column in table.columns.items():
        yield f"    - name: {name}"
        yield f"      description: {json.dumps(column.sentence, ensure_ascii=False)}"
        if table.key == (name,):
            yield "      data_tests: [unique, not_null]"


def _named(name: str, description: str) -> list[str]:
    return [f"- name: {name}", f"  description: {json.dumps(description, ensure_ascii=False)}"]
