"""Draws rows as DuckDB's own shell does: types, a count, and … for the columns and rows that do not fit."""

import io
from contextlib import redirect_stdout

import duckdb
import pyarrow as pa

MOST_ROWS = 40


def draw_rows(rows: pa.Table, *, width: int) -> str:
    """Return a box of at most `width` characters a line. Control characters are written out."""
    drawing = io.StringIO()
    with duckdb.connect() as con, redirect_stdout(drawing):
        con.from_arrow(rows).show(max_width=width, max_rows=MOST_ROWS)
    text = drawing.getvalue().rstrip()
    count = f"{rows.num_rows} row{'' if rows.num_rows == 1 else 's'}"
    return text if count in text.rpartition("┘")[2] or not rows.num_rows else f"{text}\n  {count}"
