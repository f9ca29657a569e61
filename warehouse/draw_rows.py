"""Draws rows as DuckDB's own shell does: types, … for what does not fit, a count."""

import io
from contextlib import redirect_stdout
from itertools import accumulate

import duckdb
import pyarrow as pa

MOST_ROWS = 40
TEXT_CHARS = 24
"""What a column of texts has at least of the width; ids stay whole."""


def draw_rows(rows: pa.Table, *, width: int) -> str:
    """Return a box of at most `width` characters a line (80 at least), with the first columns that fit."""
    seen = rows.slice(0, MOST_ROWS)
    ends = accumulate((_width(name, seen[name]) for name in rows.column_names), initial=1)
    shown = max(1, sum(end <= max(width, 80) for end in ends) - 1)
    drawing = io.StringIO()
    with duckdb.connect() as con, redirect_stdout(drawing):
        con.from_arrow(rows.select(range(shown))).show(max_width=width, max_rows=MOST_ROWS)
    count = f"{rows.num_rows} row{'' if rows.num_rows == 1 else 's'}"
    if rows.num_rows > MOST_ROWS:
        count += f" ({MOST_ROWS} shown)"
    if shown < rows.num_columns:
        count += f", {shown} of {rows.num_columns} columns (-x shows all, a line each)"
    return f"{drawing.getvalue().rpartition('┘')[0]}┘\n  {count}"


def _width(name: str, column: pa.ChunkedArray) -> int:
    """Return how wide a column is drawn at least, with its border."""
    longest = max((len(str(value)) for value in column.to_pylist()), default=0)
    if pa.types.is_string(column.type) or pa.types.is_nested(column.type):
        longest = min(longest, TEXT_CHARS)
    return (
        max(longest, len(name), len("timestamp with time zone") if pa.types.is_timestamp(column.type) else 0)
        + 3
    )
