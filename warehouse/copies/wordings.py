"""Reads the latest wordings of articles, for sketching and for comparing."""

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from copydesk.warehouse.fetch_rows import fetch_rows

_REVISION = ["article_id", "revision_id", "title", "body", "publisher", "published_on", "published_at"]


def read_wordings(con: duckdb.DuckDBPyConnection, article_ids: list[str]) -> pa.Table:
    """Return article_id, revision_id, title, body, published_on and outlet of some articles, in no order.

    The outlet is the publisher, else the site of the article's address, else null.
    """
    keys = pa.table({"article_id": pa.array(article_ids, pa.string())})
    revisions = fetch_rows(con, "revisions", keys, _REVISION, "is_latest")
    con.register("wanted", keys)
    articles = con.sql(
        "select article_id, if(canonical_url is null, null, site) as site from articles"
        " semi join wanted using (article_id)"
    ).to_arrow_table()
    con.unregister("wanted")
    rows = revisions.join(articles, "article_id", join_type="left outer", use_threads=False)
    days = pc.coalesce(rows["published_on"], pc.cast(rows["published_at"], pa.date32(), safe=False))
    named = rows.select(["article_id", "revision_id", "title", "body"])
    return named.append_column("published_on", days).append_column(
        "outlet", pc.coalesce(rows["publisher"], rows["site"])
    )


def revised_articles(con: duckdb.DuckDBPyConnection, article_ids: list[str]) -> list[str]:
    """Return those of some articles that had another wording before, or have none any more."""
    con.register("wanted", pa.table({"article_id": pa.array(article_ids, pa.string())}))
    rows = con.sql(
        "select wanted.article_id from wanted left join revisions using (article_id)"
        " group by wanted.article_id having count(revisions.article_id) <> 1 order by 1"
    ).fetchall()
    con.unregister("wanted")
    return [row[0] for row in rows]
