"""Reads the latest wordings of articles, and keeps their sampled shingles."""

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from copydesk.schemas.staged import STAGING
from copydesk.schemas.tables import TABLES
from copydesk.warehouse.fetch_rows import fetch_rows
from copydesk.warehouse.register_tables import id_table, register_tables
from copydesk.warehouse.write_table import append_rows, delete_rows

_REVISION = ["article_id", "revision_id", "title", "body", "publisher", "published_on", "published_at"]

NO_SKETCHES = pa.table({"article_id": pa.array([], pa.string()), "shingle_hash": pa.array([], pa.uint64())})


def read_wordings(con: duckdb.DuckDBPyConnection, article_ids: list[str]) -> pa.Table:
    """Return article_id, revision_id, title, body, published_on and outlet of some articles, in no order.

    The outlet is the publisher, else the site of the article's address, else null.
    """
    keys = id_table(article_id=article_ids)
    revisions = fetch_rows(con, "revisions", keys, _REVISION, "is_latest")
    with register_tables(con, wanted=keys):
        articles = con.sql(
            "select article_id, if(canonical_url is null, null, site) as site from articles"
            " semi join wanted using (article_id)"
        ).to_arrow_table()
    rows = revisions.join(articles, "article_id", join_type="left outer", use_threads=False)
    days = pc.coalesce(rows["published_on"], pc.cast(rows["published_at"], pa.date32(), safe=False))
    named = rows.select(["article_id", "revision_id", "title", "body"])
    return named.append_column("published_on", days).append_column(
        "outlet", pc.coalesce(rows["publisher"], rows["site"])
    )


def revised_articles(con: duckdb.DuckDBPyConnection, article_ids: list[str]) -> list[str]:
    """Return those of some articles that had another wording before, or have none any more."""
    with register_tables(con, wanted=id_table(article_id=article_ids)):
        rows = con.sql(
            "select wanted.article_id from wanted left join revisions using (article_id)"
            " group by wanted.article_id having count(revisions.article_id) <> 1 order by 1"
        ).fetchall()
    return [row[0] for row in rows]


def remove_sketches(con: duckdb.DuckDBPyConnection, article_ids: list[str]) -> pa.Table:
    """Delete the sketches of some articles; return what was there (article_id, shingle_hash)."""
    if not article_ids:
        return NO_SKETCHES
    with register_tables(con, leaving=id_table(article_id=article_ids)):
        gone = con.sql(
            "select article_id, shingle_hash from sketches semi join leaving using (article_id)"
        ).to_arrow_table()
        if gone.num_rows:
            delete_rows(con, "sketches", "article_id in (select article_id from leaving)")
    return gone


def add_sketches(con: duckdb.DuckDBPyConnection, sketches: pa.Table, run_id: str) -> None:
    """Append sketches in their order: rows of an article side by side cost hardly more than their hashes."""
    query = "select article_id, revision_id, shingle_hash, shingle_count, $run_id as run_id from arriving"
    with register_tables(con, arriving=sketches):
        append_rows(con, "sketches", query, {"run_id": run_id})


def staged_sketches(con: duckdb.DuckDBPyConnection, article_ids: list[str]) -> pa.Table:
    """Return the sketches that workers made of wordings which the portion has opened and which are the latest.

    They come as `sketch` gives them: in the order of the articles, hashes ascending.
    """
    with register_tables(con, wanted=id_table(article_id=article_ids)):
        rows = con.sql(
            f"select article_id, revision_id, shingle_hash, shingle_count from {STAGING}.sketches"
            " join opening using (document_id) semi join wanted using (article_id)"
            " where is_latest order by article_id, shingle_hash"
        ).to_arrow_table()
    return rows.cast(TABLES["sketches"].without("run_id"))


def read_sketches(con: duckdb.DuckDBPyConnection, article_ids: list[str]) -> pa.Table:
    """Return the sketches of some articles (article_id, shingle_hash, shingle_count)."""
    with register_tables(con, wanted=id_table(article_id=article_ids)):
        return con.sql(
            "select article_id, shingle_hash, shingle_count from sketches semi join wanted using (article_id)"
        ).to_arrow_table()
