"""Finds articles whose stories rest on something that has changed since: wording, time, or group of copies."""

import duckdb
import pyarrow as pa

from copydesk.warehouse.lend import lend
from copydesk.warehouse.stories.fetch_articles import look_at

NOBODY = pa.array([], pa.string())

WITH_COPIES = """
-- one row per asked article and per article in its group of copies
select article_id from asked_articles
union
select article_id from duplicate_groups
where group_id in (
    select group_id from duplicate_groups where article_id in (select article_id from asked_articles)
)
"""

STALE = """
-- one row per article whose features are missing or were read from another wording, time or vote, or are not believed
select article_facts.article_id
from article_facts
left join story_features on story_features.article_id = article_facts.article_id
where story_features.article_id is null
    or story_features.features_version <> $features_version
    or story_features.revision_id <> article_facts.revision_id
    or story_features.vote_id <> article_facts.vote_id
    or story_features.start_at is distinct from article_facts.start_at
    or story_features.end_at is distinct from article_facts.end_at
    or article_facts.article_id in (select article_id from doubted)
order by article_facts.article_id
"""


def find_stale(
    con: duckdb.DuckDBPyConnection,
    article_ids: pa.Array,
    *,
    features_version: int,
    feed_days: float,
    doubted: pa.Array = NOBODY,
) -> pa.Array:
    """Return those of the articles, and of the groups of copies that they are in, that must be read again.

    `doubted` are in any case. Their facts are in `article_facts` then, for `fetch_staged` and `fetch_articles`.
    """
    with lend(con, asked_articles=pa.table({"article_id": article_ids})):
        with_copies = con.execute(WITH_COPIES).to_arrow_table()
    look_at(con, with_copies["article_id"], feed_days=feed_days)
    with lend(con, doubted=pa.table({"article_id": doubted})):
        stale = con.execute(STALE, {"features_version": features_version}).to_arrow_table()
    return stale["article_id"].combine_chunks()
