"""Registers Arrow tables for statements, and empties them before the transaction ends."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import duckdb
import pyarrow as pa


class _Registered:
    """A table that each statement reads as a stream, until it is emptied."""

    def __init__(self, table: pa.Table) -> None:
        self.table = table

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self.table.__arrow_c_stream__(requested_schema)


@contextmanager
def register_tables(con: duckdb.DuckDBPyConnection, **tables: pa.Table) -> Iterator[None]:
    """Let statements read tables by their names.

    What is registered in a transaction stays until its end, whether or not its view is dropped: here that is a hull
    without its table. Do not join on an unsigned column of 64 bits: DuckDB may hand the bounds of the other side to
    Arrow as numbers that a signed one has to hold, and fails (`hits` of copies, tried).
    """
    hulls = {name: _Registered(table) for name, table in tables.items()}
    for name, hull in hulls.items():
        con.register(name, hull)
    try:
        yield
    finally:
        for name, hull in hulls.items():
            con.unregister(name)
            hull.table = hull.table.schema.empty_table()


def id_table(**columns: Sequence[str]) -> pa.Table:
    """Return columns of texts as a table to be registered."""
    return pa.table({name: pa.array(values, pa.string()) for name, values in columns.items()})


def in_one(tables: Sequence[pa.Table]) -> pa.Table:
    """Return the rows of tables as one, with the number of their table as `part`."""
    numbers = [
        pa.repeat(pa.scalar(number, pa.int32()), table.num_rows) for number, table in enumerate(tables)
    ]
    return pa.concat_tables(tables).append_column("part", pa.chunked_array(numbers, pa.int32()))
