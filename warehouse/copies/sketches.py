"""Keeps the sampled shingles of each article's latest wording."""

import duckdb
import pyarrow as pa

from copydesk.warehouse.lend import lend
from copydesk.warehouse.staging.open_staging import NAME as STAGING
from copydesk.warehouse.write_table import append_rows, delete_rows


def remove_sketches(con: duckdb.DuckDBPyConnection, article_ids: list[str]) -> pa.Table:
    """Delete the sketches of some articles; return what was there (article_id, shingle_hash)."""
    con.register("leaving", pa.table({"article_id": pa.array(article_ids, pa.string())}))
    gone = con.sql(
        "select article_id, shingle_hash from sketches semi join leaving using (article_id)"
    ).to_arrow_table()
    if gone.num_rows:
        delete_rows(con, "sketches", "article_id in (select article_id from leaving)")
    con.unregister("leaving")
    return gone


def add_sketches(con: duckdb.DuckDBPyConnection, sketches: pa.Table, run_id: str) -> None:
    """Append sketches in their order: rows of an article side by side cost hardly more than their hashes."""
    query = "select article_id, revision_id, shingle_hash, shingle_count, $run_id as run_id from arriving"
    with lend(con, arriving=sketches):
        append_rows(con, "sketches", query, {"run_id": run_id})


def staged_sketches(con: duckdb.DuckDBPyConnection, article_ids: list[str], schema: pa.Schema) -> pa.Table:
    """Return the sketches that workers made of wordings which the portion has opened and which are the latest.

    They come as `sketch` gives them: in the order of the articles, hashes ascending.
    """
    con.register("wanted", pa.table({"article_id": pa.array(article_ids, pa.string())}))
    rows = con.sql(
        f"select article_id, revision_id, shingle_hash, shingle_count from {STAGING}.sketches"
        " join opening using (document_id) join revisions using (revision_id) semi join wanted using (article_id)"
        " where is_latest order by article_id, shingle_hash"
    ).to_arrow_table()
    con.unregister("wanted")
    return rows.cast(schema)


def read_sketches(con: duckdb.DuckDBPyConnection, article_ids: list[str]) -> pa.Table:
    """Return the sketches of some articles (article_id, shingle_hash, shingle_count)."""
    con.register("wanted", pa.table({"article_id": pa.array(article_ids, pa.string())}))
    rows = con.sql(
        "select article_id, shingle_hash, shingle_count from sketches semi join wanted using (article_id)"
    ).to_arrow_table()
    con.unregister("wanted")
    return rows
