"""The tables are declared once, whole, and everything else follows from them."""

import pyarrow as pa
import pytest

from schemas.table import Column, Table
from schemas.tables import TABLES

COLUMNS = [(table, name, column) for table in TABLES.values() for name, column in table.columns.items()]
SUFFIX_TYPES = {
    "_at": pa.timestamp("us", tz="UTC"),
    "_on": pa.date32(),
    "_count": (pa.int64(), pa.int32()),
    "_ratio": pa.float64(),
    "_seconds": pa.float64(),
    "_sha256": pa.string(),
    "_url": pa.string(),
}


def named(case: tuple[Table, str, Column]) -> str:
    return f"{case[0].name}.{case[1]}"


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES.keys())
def test_keys_are_columns_that_may_not_be_null(table: Table) -> None:
    """A key tells rows apart, so it is there in every row."""
    assert table.key
    assert all(not table.columns[name].is_nullable for name in table.key)


@pytest.mark.parametrize("case", COLUMNS, ids=named)
def test_each_column_has_a_sentence(case: tuple[Table, str, Column]) -> None:
    """A column says in one sentence what it holds."""
    sentence = case[2].sentence
    assert sentence[0].isupper() or sentence.startswith("scheme://")
    assert sentence.endswith(".")


@pytest.mark.parametrize("case", [case for case in COLUMNS if case[2].references], ids=named)
def test_references_lead_to_a_column(case: tuple[Table, str, Column]) -> None:
    """A reference names a table and a column that exist and have the same type."""
    table, name = (case[2].references or "").split(".")
    assert TABLES[table].columns[name].type == case[2].type


@pytest.mark.parametrize("case", COLUMNS, ids=named)
def test_suffixes_tell_the_type(case: tuple[Table, str, Column]) -> None:
    """A suffix means the same type in every table."""
    for suffix, type_ in SUFFIX_TYPES.items():
        if case[1].endswith(suffix):
            assert case[2].type in (type_ if isinstance(type_, tuple) else (type_,))
    if pa.types.is_boolean(case[2].type):
        assert case[1].startswith(("is_", "has_", "comments_are_"))
