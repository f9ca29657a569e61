"""Answers a query of the user's."""

import duckdb
import pyarrow as pa

from warehouse.damage_of import damage_of
from warehouse.judge_query import QueryError, first_line, judge_query
from warehouse.lock_down import lock_down
from warehouse.place import Place

MISTAKES = (duckdb.ProgrammingError, duckdb.DataError, duckdb.NotSupportedError)


def ask(con: duckdb.DuckDBPyConnection, place: Place, query: str) -> pa.Table:
    """Return the rows of a query that only reads; the reader is locked down for it and stays so. Raises QueryError."""
    lock_down(con, place)
    judge_query(con, query)
    try:
        return con.execute(query).to_arrow_table()
    except MISTAKES as error:
        if damage_of(error):
            raise
        raise QueryError(first_line(error)) from error
