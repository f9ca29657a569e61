"""Rows enter a table as declared, or not at all."""

import pyarrow as pa
import pytest

from copydesk.schemas.table import Column, NotConformingError, Table, conform

TABLE = Table(
    name="birds",
    grain="bird",
    key=("bird_id",),
    columns={
        "bird_id": Column(pa.string(), "Ring."),
        "wing_count": Column(pa.int64(), "Wings.", is_nullable=True),
        "kind": Column(pa.string(), "Kind.", values=frozenset({"crow", "gull"})),
    },
)


def test_orders_casts_and_fills() -> None:
    """Columns come out in the declared order and type, missing nullable ones as nulls."""
    rows = conform(pa.table({"kind": ["crow"], "bird_id": ["a"]}), TABLE)
    assert rows.schema == TABLE.schema
    assert rows.to_pylist() == [{"bird_id": "a", "wing_count": None, "kind": "crow"}]


@pytest.mark.parametrize(
    ("columns", "says"),
    [
        pytest.param({"bird_id": ["a"], "kind": ["owl"]}, "owl", id="word outside the set"),
        pytest.param({"bird_id": [None], "kind": ["crow"]}, "may not be null", id="null in a key"),
        pytest.param({"kind": ["crow"]}, "birds.bird_id: missing", id="missing column"),
        pytest.param({"bird_id": ["a"], "kind": ["crow"], "egg": [1]}, "egg", id="unknown column"),
        pytest.param(
            {"bird_id": ["a"], "kind": ["crow"], "wing_count": ["two"]}, "expected int64", id="type"
        ),
    ],
)
def test_refuses(columns: dict[str, list[object]], says: str) -> None:
    """What does not fit is refused with the column and the reason."""
    with pytest.raises(NotConformingError, match=says):
        conform(pa.table(columns), TABLE)
