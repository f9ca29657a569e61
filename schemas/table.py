"""How a table and a column are declared: as data, once, for DuckDB, the docs and the checks; and the one gate."""

from collections.abc import Mapping
from dataclasses import dataclass

import pyarrow as pa

TEXT = pa.string()
WORDS = pa.list_(pa.string())
FLAG = pa.bool_()
COUNT = pa.int64()
INTEGER = pa.int32()
RATIO = pa.float64()
SECONDS = pa.float64()
HASH = pa.uint64()
BYTES = pa.binary()
CLOCK = pa.timestamp("us")
TIMESTAMP = pa.timestamp("us", tz="UTC")
DATE = pa.date32()
VERSIONS = pa.struct(
    [
        pa.field("copydesk", pa.string()),
        pa.field("extractor", pa.string()),
        pa.field("rules", pa.string()),
        pa.field("parameters", pa.string()),
    ]
)
LAYOUT = pa.list_(
    pa.struct(
        [pa.field("at_char", pa.int32()), pa.field("length_chars", pa.int32()), pa.field("text", pa.string())]
    )
)


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its Arrow type, a sentence that says what it holds, its unit, and what it refers to.

    `references` names "table.column"; `values` is the closed set of words that it may hold.
    """

    type: pa.DataType
    sentence: str
    is_nullable: bool = False
    unit: str | None = None
    references: str | None = None
    values: frozenset[str] | None = None


PARAMETERS_VERSION = Column(
    pa.string(), "Version of the thresholds that decided, as in runs.parameters.", is_nullable=True
)


@dataclass(frozen=True, slots=True)
class Table:
    """One table: what one row is (the grain), which columns tell rows apart, and the columns in order."""

    name: str
    grain: str
    key: tuple[str, ...]
    columns: Mapping[str, Column]

    @property
    def schema(self) -> pa.Schema:
        """The Arrow schema of the table, in declared order."""
        return pa.schema(
            [
                pa.field(name, column.type, nullable=column.is_nullable)
                for name, column in self.columns.items()
            ]
        )

    def without(self, *names: str) -> pa.Schema:
        """Return the schema of the rows as they are before these columns come to them."""
        return pa.schema([field for field in self.schema if field.name not in names])


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
                f"{table.name}.{name}: {sorted(strange)} not among {sorted(map(str, column.values))}"
            )
    return values
