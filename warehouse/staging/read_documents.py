"""Reads documents of the lake as they once arrived."""

from collections.abc import Iterator

import duckdb
import pyarrow as pa

from copydesk.schemas.staged import ARRIVALS


def read_documents(
    con: duckdb.DuckDBPyConnection, chosen: str, *, rows: int, size_bytes: int
) -> Iterator[pa.Table]:
    """Yield the documents that a table names, as rows of arrivals: at most so many and so large at a time, or one."""
    listed = con.execute(
        f"select document_id, payload_bytes from documents semi join {chosen} using (document_id) order by 1"
    ).fetchall()
    chunk: list[str] = []
    size = 0
    for document_id, payload_bytes in listed:
        if chunk and (len(chunk) >= rows or size + payload_bytes > size_bytes):
            yield _read(con, chunk)
            chunk, size = [], 0
        chunk.append(document_id)
        size += payload_bytes
    if chunk:
        yield _read(con, chunk)


def _read(con: duckdb.DuckDBPyConnection, document_ids: list[str]) -> pa.Table:
    con.register("chunk", pa.table({"document_id": pa.array(document_ids, pa.string())}))
    columns = ", ".join(ARRIVALS.columns)
    rows = con.sql(
        f"select {columns} from documents where document_id in (select document_id from chunk) order by document_id"
    ).to_arrow_table()
    con.unregister("chunk")
    return rows
