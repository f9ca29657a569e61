"""Fetches articles as the stories want them: latest wording, vote, outlet and times."""

import duckdb
import pyarrow as pa

from warehouse.staging.open_staging import NAME as STAGING
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


STAGED = f"""
-- one row per asked article whose latest wording the portion has opened, with what a worker read in it
with {ARTICLE_FACTS}

select article_facts.*, features.* exclude (document_id, seen_at)
from article_facts
join opening using (revision_id)
join {STAGING}.features as features using (document_id)
where year(article_facts.seen_at) = year(features.seen_at)
order by article_facts.article_id
"""


def fetch_staged(con: duckdb.DuckDBPyConnection, article_ids: pa.Array, *, feed_days: float) -> pa.Table:
    """Return a row an article with its times and the features of its text, for those that workers have read."""
    con.register("looked_at", pa.table({"article_id": article_ids}))
    rows = con.execute(STAGED, {"feed_days": feed_days}).to_arrow_table()
    con.unregister("looked_at")
    return rows


def fetch_articles(con: duckdb.DuckDBPyConnection, article_ids: pa.Array, *, feed_days: float) -> pa.Table:
    """Return a row an article with its text and times, in order of article_id.

    An article that a feed brought undated was published within `feed_days` before it was seen.
    """
    con.register("looked_at", pa.table({"article_id": article_ids}))
    rows = con.execute(ARTICLES, {"feed_days": feed_days}).to_arrow_table()
    con.unregister("looked_at")
    return rows
