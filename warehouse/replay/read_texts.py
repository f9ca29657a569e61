"""Reads the latest wordings with their spans, some hundred at a time."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import duckdb
import pyarrow as pa

Row = dict[str, Any]

SLICE_ROWS = 500


def read_texts(
    con: duckdb.DuckDBPyConnection, *, source: str | None, limit: int | None
) -> Iterator[tuple[Row, list[Row]]]:
    """Yield revision_id, origin, language, body and layout of latest wordings, each with its spans in order."""
    ids = [
        row[0]
        for row in con.execute(
            "select revision_id from revisions join articles using (article_id)"
            " where is_latest and ($source is null or source_id = $source)"
            " order by revision_id limit coalesce($limit, 9223372036854775807)",
            {"source": source, "limit": limit},
        ).fetchall()
    ]
    for start in range(0, len(ids), SLICE_ROWS):
        con.register(
            "chunk", pa.table({"revision_id": pa.array(ids[start : start + SLICE_ROWS], pa.string())})
        )
        rows = con.sql(
            "select revision_id, origin, language, body, layout from revisions join articles using (article_id)"
            " where revision_id in (select revision_id from chunk) order by revision_id"
        ).to_arrow_table()
        spans = con.sql(
            "select revision_id, start_char, end_char, kind, action, rule_id, text from boilerplate_spans"
            " where revision_id in (select revision_id from chunk) order by revision_id, start_char"
        ).to_arrow_table()
        con.unregister("chunk")
        of: dict[str, list[Row]] = defaultdict(list)
        for span in spans.to_pylist():
            of[span["revision_id"]].append(span)
        for row in rows.to_pylist():
            yield row, of[row["revision_id"]]
