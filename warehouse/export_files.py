"""Writes rows as files that are no database of DuckDB's: Parquet, CSV, JSON lines, SQLite."""

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from copydesk.schemas.tables import TABLES
from copydesk.warehouse.quoted import quoted

ROWS = 20_000
ISO = "%Y-%m-%dT%H:%M:%S.%fZ"
AS_TEXT = {
    "BLOB": "base64({})",
    "LIST": "cast(to_json({}) as varchar)",
    "STRUCT": "cast(to_json({}) as varchar)",
}
"""How a value that CSV cannot hold is written."""

FOR_SQLITE = AS_TEXT | {
    "BLOB": "{}",
    "TIMESTAMP WITH TIME ZONE": f"strftime(timezone('UTC', {{}}), '{ISO}')",
    "TIMESTAMP": "strftime({}, '%Y-%m-%dT%H:%M:%S.%f')",
    "DATE": "cast({} as varchar)",
    "UBIGINT": "cast({} as varchar)",
    "HUGEINT": "cast({} as varchar)",
    "BOOLEAN": "cast({} as integer)",
}
SQLITE_TYPES = {
    "BIGINT": "integer",
    "INTEGER": "integer",
    "BOOLEAN": "integer",
    "DOUBLE": "real",
    "BLOB": "blob",
}

Selects = Mapping[str, str]


def write_parquet(con: duckdb.DuckDBPyConnection, out: Path, selects: Selects) -> dict[str, int]:
    """Write a file a name; a declared column bears its sentence as `comment`, as does the file for its table."""
    out.mkdir()
    return {
        name: _write_parquet(con, out / f"{name}.parquet", name, query) for name, query in selects.items()
    }


def write_csv(con: duckdb.DuckDBPyConnection, out: Path, selects: Selects) -> dict[str, int]:
    """Write a file a name, with its head; lists are JSON, bytes base64."""
    texts = {name: _projected(con, query, AS_TEXT) for name, query in selects.items()}
    return _copy(con, out, texts, "csv", "format csv, header true")


def write_jsonl(con: duckdb.DuckDBPyConnection, out: Path, selects: Selects) -> dict[str, int]:
    """Write a file a name; bytes are base64."""
    texts = {name: _projected(con, query, {"BLOB": AS_TEXT["BLOB"]}) for name, query in selects.items()}
    return _copy(con, out, texts, "jsonl", "format json, array false")


def write_sqlite(con: duckdb.DuckDBPyConnection, out: Path, selects: Selects) -> dict[str, int]:
    """Write one file; tables have their keys and refer to each other, so that Datasette links them."""
    with closing(sqlite3.connect(out)) as db:
        for name, query in selects.items():
            found = _types(con, query)
            types = (f"{each} {SQLITE_TYPES.get(kind, 'text')}" for each, kind in found.items())
            db.execute(f'create table "{name}" ({", ".join([*types, *_constraints(name, selects)])})')
            for rows in con.execute(_projected(con, query, FOR_SQLITE)).to_arrow_reader(ROWS):
                marks = ", ".join("?" * rows.num_columns)
                values = zip(*(column.to_pylist() for column in rows.columns), strict=True)
                db.executemany(f'insert into "{name}" values ({marks})', values)
        db.commit()
        return {name: db.execute(f'select count(*) from "{name}"').fetchone()[0] for name in selects}


def _write_parquet(con: duckdb.DuckDBPyConnection, file: Path, name: str, query: str) -> int:
    reader = con.execute(query).to_arrow_reader(ROWS)
    schema, count = _commented(name, reader.schema), 0
    with pq.ParquetWriter(file, schema, compression="zstd") as writer:
        for batch in reader:
            count += batch.num_rows
            writer.write_table(pa.Table.from_batches([batch]).cast(schema))
    return count


def _commented(name: str, schema: pa.Schema) -> pa.Schema:
    if name not in TABLES:
        return schema
    sentences = {column: declared.sentence for column, declared in TABLES[name].columns.items()}
    fields = [
        field.with_metadata({"comment": sentences[field.name]}) if field.name in sentences else field
        for field in schema
    ]
    comments = {"comment": f"One row per {TABLES[name].grain}.", "column_comments": json.dumps(sentences)}
    return pa.schema(fields, comments)


def _copy(
    con: duckdb.DuckDBPyConnection, out: Path, selects: Selects, suffix: str, options: str
) -> dict[str, int]:
    out.mkdir()
    counts = {}
    for name, select in selects.items():
        copied = con.execute(
            f"copy ({select}) to {quoted(str(out / f'{name}.{suffix}'))} ({options})"
        ).fetchall()
        # A pivot is several statements to DuckDB, of which the last one counts nothing.
        [(counts[name],)] = copied or con.execute(f"select count(*) from ({select})").fetchall()
    return counts


def _types(con: duckdb.DuckDBPyConnection, query: str) -> dict[str, str]:
    """Return the type of each column of a query by its quoted name: LIST and STRUCT without what they hold."""
    found = {}
    for name, type_, *_ in con.execute(f"describe {query}").fetchall():
        kind = "LIST" if type_.endswith("]") else type_.partition("(")[0]
        found['"{}"'.format(name.replace('"', '""'))] = kind
    return found


def _projected(con: duckdb.DuckDBPyConnection, query: str, written: Mapping[str, str]) -> str:
    """Return a query whose columns of some types are written otherwise."""
    columns = [
        f"{written[kind].format(name)} as {name}" if kind in written else name
        for name, kind in _types(con, query).items()
    ]
    return f"select {', '.join(columns)} from ({query})"


def _constraints(name: str, selects: Selects) -> Iterator[str]:
    """Yield the key of a table, and what its columns refer to among what is written."""
    if name not in TABLES:
        return
    yield f"primary key ({', '.join(TABLES[name].key)})"
    for column, declared in TABLES[name].columns.items():
        table, _, key = (declared.references or "").partition(".")
        if table in selects and TABLES[table].key == (key,):
            yield f"foreign key ({column}) references {table} ({key})"
