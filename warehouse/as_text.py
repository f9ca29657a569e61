"""Writes as text what Python has no value for."""

import duckdb
import pyarrow as pa


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
