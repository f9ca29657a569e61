"""Draws rows as DuckDB's own shell does, and writes as text what Python has no value for."""

import io
from contextlib import redirect_stdout
from itertools import accumulate

import duckdb
import pyarrow as pa

MOST_ROWS = 40
TEXT_CHARS = 24
"""What a column of texts has at least of the width; ids stay whole."""


def draw_rows(rows: pa.Table, *, width: int) -> str:
    """Return a box as the shell has it (types, … for what does not fit, a count), with the first columns that fit.

    It has at most `width` characters a line (80 at least).
    """
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


def as_text(rows: pa.Table) -> pa.Table:
    """Return the rows; as text each column with a value that Python cannot hold: a day of the year 10000, infinity."""
    places = [str(place) for place in range(rows.num_columns)]  # names may stand there twice
    shown = [f'"{place}"' if _is_held(rows[int(place)]) else f'"{place}"::varchar' for place in places]
    with duckdb.connect() as con:
        given = con.from_arrow(rows.rename_columns(places))
        return given.project(", ".join(shown)).to_arrow_table().rename_columns(rows.column_names)


def _is_held(column: pa.ChunkedArray) -> bool:
    try:
        column.to_pylist()
    except (OverflowError, ValueError):
        return False
    return True
