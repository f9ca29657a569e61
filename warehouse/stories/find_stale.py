"""Finds articles whose stories rest on something that has changed since: wording, time, or group of copies."""

import duckdb
import pyarrow as pa

from warehouse.stories.fetch_articles import ARTICLE_FACTS

WITH_COPIES = """
create or replace temp table looked_at as
-- one row per asked article and per article in its group of copies
select article_id from asked_articles
union
select article_id from duplicate_groups
where group_id in (
    select group_id from duplicate_groups where article_id in (select article_id from asked_articles)
)
"""

STALE = f"""
-- one row per article whose features are missing or were read from another wording, time or vote
with {ARTICLE_FACTS}

select article_facts.article_id
from article_facts
left join story_features on story_features.article_id = article_facts.article_id
where story_features.article_id is null
    or story_features.features_version <> $features_version
    or story_features.revision_id <> article_facts.revision_id
    or story_features.vote_id <> article_facts.vote_id
    or story_features.start_at is distinct from article_facts.start_at
    or story_features.end_at is distinct from article_facts.end_at
order by article_facts.article_id
"""


def find_stale(
    con: duckdb.DuckDBPyConnection, article_ids: pa.Array, *, features_version: int, feed_days: float
) -> pa.ChunkedArray:
    """Return those of the articles, and of the groups of copies that they are in, that must be read again."""
    con.register("asked_articles", pa.table({"article_id": article_ids}))
    con.execute(WITH_COPIES)
    stale = con.execute(
        STALE, {"features_version": features_version, "feed_days": feed_days}
    ).to_arrow_table()
    con.execute("drop table looked_at")
    con.unregister("asked_articles")
    return stale["article_id"]
