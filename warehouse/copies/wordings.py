"""Reads the latest wordings of articles, for sketching and for comparing."""

import duckdb
import pyarrow as pa

WORDINGS = """
-- one row per wanted article that has a latest wording
select
    revisions.article_id,
    revisions.revision_id,
    revisions.title,
    revisions.body,
    coalesce(revisions.published_on, cast(revisions.published_at as date)) as published_on,
    coalesce(revisions.publisher, case when articles.canonical_url is not null then articles.site end) as outlet
from revisions
join articles using (article_id)
where revisions.is_latest and revisions.article_id in (select article_id from wanted)
order by revisions.article_id
"""


def read_wordings(con: duckdb.DuckDBPyConnection, article_ids: list[str]) -> pa.Table:
    """Return article_id, revision_id, title, body, published_on and outlet of some articles, by article_id."""
    con.register("wanted", pa.table({"article_id": pa.array(article_ids, pa.string())}))
    rows = con.sql(WORDINGS).to_arrow_table()
    con.unregister("wanted")
    return rows


def revised_articles(con: duckdb.DuckDBPyConnection, article_ids: list[str]) -> list[str]:
    """Return those of some articles that had another wording before, or have none any more."""
    con.register("wanted", pa.table({"article_id": pa.array(article_ids, pa.string())}))
    rows = con.sql(
        "select wanted.article_id from wanted left join revisions using (article_id)"
        " group by wanted.article_id having count(revisions.article_id) <> 1 order by 1"
    ).fetchall()
    con.unregister("wanted")
    return [row[0] for row in rows]
