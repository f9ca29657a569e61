"""Keeps the verdicts on the lines that sites repeat."""

from typing import Any

import duckdb
import pyarrow as pa

from schemas.tables import TABLES
from warehouse.write_table import append_rows, delete_rows

Row = dict[str, Any]


def read_lines(con: duckdb.DuckDBPyConnection, lines: list[int]) -> list[Row]:
    """Return the rows of site_lines for some lines."""
    con.register("asked", pa.table({"line_hash": pa.array(lines, pa.uint64())}))
    rows = con.sql("select * from site_lines semi join asked using (line_hash)").to_arrow_table()
    con.unregister("asked")
    found: list[Row] = rows.to_pylist()
    return found


def replace_lines(con: duckdb.DuckDBPyConnection, rows: list[Row], gone: list[int]) -> None:
    """Write changed verdicts and forget lines that no two articles carry any more."""
    leaving = [row["line_hash"] for row in rows] + gone
    if not leaving:
        return
    con.register("leaving", pa.table({"line_hash": pa.array(leaving, pa.uint64())}))
    delete_rows(con, "site_lines", "line_hash in (select line_hash from leaving)")
    con.unregister("leaving")
    append_rows(con, "site_lines", pa.Table.from_pylist(rows, schema=TABLES["site_lines"].schema))
