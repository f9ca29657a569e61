"""Fetches articles as the stories want them: latest wording, vote, outlet and times."""

import duckdb
import pyarrow as pa

from warehouse.stories.article_facts import ARTICLE_FACTS

ARTICLES = f"""
-- one row per asked article that has a latest wording
with {ARTICLE_FACTS}

select article_facts.*, revisions.title, revisions.body
from article_facts
join revisions on revisions.revision_id = article_facts.revision_id
where revisions.revision_id in (select revision_id from article_facts)
order by article_facts.article_id
"""


def fetch_articles(con: duckdb.DuckDBPyConnection, article_ids: pa.Array, *, feed_days: float) -> pa.Table:
    """Return a row an article with its text and times, in order of article_id.

    An article that a feed brought undated was published within `feed_days` before it was seen.
    """
    con.register("looked_at", pa.table({"article_id": article_ids}))
    rows = con.execute(ARTICLES, {"feed_days": feed_days}).to_arrow_table()
    con.unregister("looked_at")
    return rows
