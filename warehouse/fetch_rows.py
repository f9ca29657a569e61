"""Fetches whole rows of few keys out of millions, without reading the texts of all others.

A join on a key reads every body of the table. The lake names the file and row of each from the keys alone; from there
the row groups that hold them are read directly.
"""

import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from copydesk.schemas.tables import TABLES
from copydesk.warehouse.register_tables import register_tables


def fetch_rows(
    con: duckdb.DuckDBPyConnection, table: str, keys: pa.Table, columns: Sequence[str], where: str = "true"
) -> pa.Table:
    """Return the columns of a table's rows that have some keys, in no order. `where` is SQL over its small columns."""
    schema = pa.schema([TABLES[table].schema.field(name) for name in columns])
    if not keys.num_rows:
        return schema.empty_table()
    chosen = f"from {table} semi join wanted using ({', '.join(keys.column_names)}) where {where}"
    with register_tables(con, wanted=keys):
        ids = _field_ids(con, table)
        places = _places(con, chosen) if ids else {}
        if not ids or not all(Path(path).is_file() for path in places):
            return con.sql(f"select {', '.join(columns)} {chosen}").to_arrow_table().cast(schema)
    began = time.process_time()
    parts = [_read(path, places[path], schema, ids) for path in sorted(places)]
    record: Callable[..., None] | None = getattr(con, "record", None)
    if record:
        what = f"row groups of {table} with {len(columns)} columns"
        record(what, seconds=time.process_time() - began, rows=sum(count for _, count in parts))
    return pa.concat_tables([schema.empty_table(), *(rows for rows, _ in parts)])


def _field_ids(con: duckdb.DuckDBPyConnection, table: str) -> dict[str, int]:
    """Return the lasting numbers of a lake table's columns: a file written before a renaming has the old name.

    None where the table is in no lake.
    """
    [(name, kind)] = con.sql(
        "select database_name, type from duckdb_databases() where database_name = current_database()"
    ).fetchall()
    if kind != "ducklake":
        return {}
    lake = f"__ducklake_metadata_{name}"
    rows = con.execute(
        f"select column_name, column_id from {lake}.ducklake_column as columns"
        f" join {lake}.ducklake_table as tables using (table_id)"
        " where table_name = ? and parent_column is null"
        " and columns.end_snapshot is null and tables.end_snapshot is null",
        [table],
    ).fetchall()
    return dict(rows)


def _places(con: duckdb.DuckDBPyConnection, chosen: str) -> dict[str, list[int]]:
    """Return the rows by file."""
    places: dict[str, list[int]] = defaultdict(list)
    for path, row in con.sql(f"select filename, file_row_number {chosen}").fetchall():
        places[path].append(row)
    return places


def _read(path: str, rows: list[int], schema: pa.Schema, ids: dict[str, int]) -> tuple[pa.Table, int]:
    """Return the wanted rows of a file, and how many had to be read for them."""
    with pq.ParquetFile(path) as file:
        sizes = [file.metadata.row_group(group).num_rows for group in range(file.num_row_groups)]
        ends = pc.cumulative_sum(pa.array(sizes)).to_pylist()
        starts = [end - size for end, size in zip(ends, sizes, strict=True)]
        stored = {
            int((field.metadata or {}).get(b"PARQUET:field_id", -1)): field.name
            for field in file.schema_arrow
        }
        known = [name for name in schema.names if ids[name] in stored]
        written = [stored[ids[name]] for name in known]
        wanted = np.sort(np.array(rows, np.int64))
        parts, count = [], 0
        for group, (start, end) in enumerate(zip(starts, ends, strict=True)):
            here = wanted[np.searchsorted(wanted, start) : np.searchsorted(wanted, end)]
            if len(here):
                read = file.read_row_group(group, columns=written, use_threads=False)
                count += read.num_rows
                read = read.select(written).rename_columns(known)
                parts.append(read if len(here) == read.num_rows else read.take(pa.array(here - start)))
    taken = pa.concat_tables(parts)
    # A column that was declared after the file was written is null in it.
    absent = [name for name in schema.names if name not in known]
    for name in absent:
        taken = taken.append_column(name, pa.nulls(taken.num_rows, schema.field(name).type))
    return taken.select(schema.names).cast(schema), count
