"""The tables are declared once, whole, and everything else follows from them."""

import re
from pathlib import Path

import pyarrow as pa

from copydesk.schemas.tables import TABLES

ROOT = Path(__file__).parent.parent.parent
COLUMNS = [(table, name, column) for table in TABLES.values() for name, column in table.columns.items()]
SUFFIX_TYPES = {
    "_at": (pa.timestamp("us", tz="UTC"),),
    "_local_at": (pa.timestamp("us"),),
    "_on": (pa.date32(),),
    "_count": (pa.int64(), pa.int32()),
    "_ratio": (pa.float64(),),
    "_seconds": (pa.float64(),),
    "_sha256": (pa.string(),),
    "_url": (pa.string(),),
}


def test_keys_are_columns_that_may_not_be_null() -> None:
    """A key tells rows apart, so it is there in every row."""
    assert [table.name for table in TABLES.values() if not table.key] == []
    nullable = [
        (table.name, name)
        for table in TABLES.values()
        for name in table.key
        if table.columns[name].is_nullable
    ]
    assert nullable == []


def test_each_column_has_a_sentence() -> None:
    """A column says in one sentence what it holds."""
    without = [
        (table.name, name, column.sentence)
        for table, name, column in COLUMNS
        if not (column.sentence[:1].isupper() or column.sentence.startswith("scheme://"))
        or not column.sentence.endswith(".")
    ]
    assert without == []


def test_each_column_is_filled_by_somebody() -> None:
    """A column stands, by its name, in the code of a room that makes rows; else nobody fills it."""
    rooms = [ROOT / "flows", ROOT / "transforms", ROOT / "warehouse"]
    said = {
        word
        for room in rooms
        for file in room.rglob("*.py")
        for word in re.findall(r"\w+", file.read_text("utf-8"))
    }
    assert [(table.name, name) for table, name, _ in COLUMNS if name not in said] == []


def test_references_lead_to_a_column() -> None:
    """A reference names a table and a column that exist and have the same type."""
    types = {f"{table.name}.{name}": column.type for table, name, column in COLUMNS}
    astray = [
        (table.name, name, column.references)
        for table, name, column in COLUMNS
        if column.references and types.get(column.references) != column.type
    ]
    assert astray == []


def test_suffixes_tell_the_type() -> None:
    """A suffix, the longest that fits, means the same type in every table."""
    other = [
        (table.name, name, str(column.type))
        for table, name, column in COLUMNS
        if (fitting := [suffix for suffix in SUFFIX_TYPES if name.endswith(suffix)])
        and column.type not in SUFFIX_TYPES[max(fitting, key=len)]
    ]
    assert other == []
    flags = [(table.name, name) for table, name, column in COLUMNS if pa.types.is_boolean(column.type)]
    assert [flag for flag in flags if not flag[1].startswith(("is_", "has_", "comments_are_"))] == []
