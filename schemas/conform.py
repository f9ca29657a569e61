"""The one gate into a table: rows enter with the declared columns, types and nulls, or not at all."""

import pyarrow as pa

from copydesk.schemas.table import Table


class NotConformingError(ValueError):
    """Rows do not fit the table that they were meant for; says which column and why."""


def conform(rows: pa.Table, table: Table) -> pa.Table:
    """Return the rows with exactly the declared columns, in order and type.

    A missing nullable column is filled with nulls. Raises NotConformingError for a missing or unknown
    column, a value that the type cannot hold, a null where none may be, or a word outside a closed set.
    """
    unknown = set(rows.column_names) - set(table.columns)
    if unknown:
        raise NotConformingError(f"{table.name}: unknown columns {sorted(unknown)}; declare them in schemas/")
    return pa.table([_column(rows, table, name) for name in table.columns], schema=table.schema)


def _column(rows: pa.Table, table: Table, name: str) -> pa.ChunkedArray:
    column = table.columns[name]
    if name not in rows.column_names:
        if not column.is_nullable:
            raise NotConformingError(f"{table.name}.{name}: missing, and it may not be null")
        return pa.chunked_array([pa.nulls(rows.num_rows, column.type)])
    try:
        values = rows.column(name).cast(column.type)
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as error:
        raise NotConformingError(f"{table.name}.{name}: expected {column.type}: {error}") from error
    if values.null_count and not column.is_nullable:
        raise NotConformingError(f"{table.name}.{name}: {values.null_count} nulls, and it may not be null")
    if column.values is not None:
        strange = set(values.unique().drop_null().to_pylist()) - column.values
        if strange:
            raise NotConformingError(
                f"{table.name}.{name}: {sorted(strange)} not among {sorted(column.values)}"
            )
    return values
