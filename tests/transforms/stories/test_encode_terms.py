"""The terms of a window are held as codes."""

import numpy as np
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from copydesk.transforms.stories.encode_terms import encode_terms, language_mark

TERMS = st.lists(st.sampled_from([*range(-4, 5), 2**62, -(2**63)]), max_size=6)
PART = st.lists(st.tuples(st.sampled_from(["en", "de", "und"]), TERMS), max_size=5)


@given(st.lists(PART, min_size=1, max_size=4), st.data())
def test_codes_stand_for_the_terms(parts: list[list[tuple[str, list[int]]]], data: st.DataObject) -> None:
    """Each row has its own terms again, signs and all; the others' do not count among those of chosen rows."""
    schema = pa.schema({"language": pa.string(), "terms": pa.list_(pa.int64()), "headline": pa.string()})
    rows = [{"language": language, "terms": terms} for part in parts for language, terms in part]
    tables = (pa.Table.from_pylist([{"language": a, "terms": b} for a, b in part], schema) for part in parts)
    features, encoded = encode_terms(tables)
    assert features.column_names == ["language", "headline"]
    assert features["language"].to_pylist() == [row["language"] for row in rows]
    chosen = sorted(data.draw(st.sets(st.integers(0, len(rows) - 1)))) if rows else []
    told = []
    for batch, is_chosen in encoded.of(np.array(chosen, np.int64)):
        assert len(set(batch.marked.tolist())) == len(batch.marked)
        told += batch.marked[batch.codes_of(is_chosen)].tolist()
    assert told == [
        term ^ language_mark(str(rows[at]["language"])) for at in chosen for term in rows[at]["terms"]
    ]
    assert [len(view) for view in encoded.views()] == [len(row["terms"]) for row in rows]
