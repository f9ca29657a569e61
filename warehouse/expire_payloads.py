"""Ends what a source keeps for a time only: payloads that came, and articles that were seen, before a moment."""

from datetime import datetime

import duckdb

from copydesk.warehouse.attach import CATALOG
from copydesk.warehouse.write_table import update_rows

SLICE_BYTES = 64 * 2**20
"""Payloads that are held at a time: rows are written anew, whole."""


def expire_payloads(con: duckdb.DuckDBPyConnection, source_id: str, *, before: datetime) -> int:
    """Take out the payloads of a source that came before a moment; return how many.

    Hashes and sizes stay, and so does the article: it can no longer be read again by a replay. From the disk they go
    with the last snapshot that shows them. Refused documents keep theirs for another try.
    """
    due = con.execute(
        "select document_id, payload_bytes from documents where source_id = $source and fetched_at < $before"
        " and payload is not null and article_id is not null order by 1",
        {"source": source_id, "before": before},
    ).fetchall()
    part: list[str] = []
    size = 0
    for document_id, payload_bytes in [*due, (None, SLICE_BYTES)]:
        if part and size + payload_bytes > SLICE_BYTES:
            update_rows(
                con,
                "documents",
                "select unnest($ids::varchar[]) as document_id, null::blob as payload",
                {"ids": part},
            )
            part, size = [], 0
        part.append(document_id)
        size += payload_bytes
    if due:
        con.execute(f"call ducklake_rewrite_data_files('{CATALOG}', 'documents', delete_threshold => 0)")
    return len(due)


def find_expired(con: duckdb.DuckDBPyConnection, source_id: str, *, before: datetime) -> list[str]:
    """Return the articles of a source that were last seen before a moment, sorted."""
    rows = con.execute(
        "select article_id from articles where source_id = $source and last_seen_at < $before order by 1",
        {"source": source_id, "before": before},
    ).fetchall()
    return [article_id for (article_id,) in rows]
