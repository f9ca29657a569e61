"""How a table and a column are declared: as data, once, for DuckDB, the docs, the gate and the checks."""

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
        [
            pa.field("at_char", pa.int32()),
            pa.field("length_chars", pa.int32()),
            pa.field("text", pa.string()),
        ]
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
