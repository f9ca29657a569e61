"""Fetches articles as the stories want them: latest wording, vote, outlet and times."""

import duckdb
import pyarrow as pa

ARTICLES = """
-- one row per asked article that has a latest wording
select
    articles.article_id,
    revisions.revision_id,
    articles.source_id,
    coalesce(nullif(articles.site, articles.source_id), revisions.publisher) as outlet,
    coalesce(revisions.language, 'und') as language,
    revisions.title,
    revisions.body,
    coalesce(duplicate_groups.group_id, articles.article_id) as vote_id,
    coalesce(duplicate_groups.is_representative, true) as is_representative,
    articles.first_seen_at as seen_at,
    case
        when revisions.published_at is not null then revisions.published_at
        when revisions.published_on is not null then to_timestamp(epoch(revisions.published_on))
        when revisions.published_between_start_at is not null then revisions.published_between_start_at
        when revisions.published_between_end_at is not null then null
        when sources.kind = 'feed' then to_timestamp(epoch(articles.first_seen_at) - $feed_days * 86400)
    end as start_at,
    case
        when revisions.published_at is not null then revisions.published_at
        when revisions.published_on is not null then to_timestamp(epoch(revisions.published_on) + 86400)
        else coalesce(revisions.published_between_end_at, articles.first_seen_at)
    end as end_at,
    case
        when revisions.published_at is not null or revisions.published_on is not null then 'published'
        when revisions.published_between_start_at is not null then 'interval'
        when revisions.published_between_end_at is not null then 'interval'
        when sources.kind = 'feed' then 'fetched'
        else 'unknown'
    end as time_method
from articles
join revisions on revisions.article_id = articles.article_id and revisions.is_latest
left join duplicate_groups on duplicate_groups.article_id = articles.article_id
left join sources on sources.source_id = articles.source_id
where articles.article_id in (select article_id from asked_articles)
order by articles.article_id
"""
"""A fetch time dates an article only where a feed brought it: a folder or archive says nothing of its age."""


def fetch_articles(con: duckdb.DuckDBPyConnection, article_ids: pa.Array, *, feed_days: float) -> pa.Table:
    """Return a row an article with its text and times, in order of article_id.

    An article that a feed brought undated was published within `feed_days` before it was seen.
    """
    con.register("asked_articles", pa.table({"article_id": article_ids}))
    rows = con.execute(ARTICLES, {"feed_days": feed_days}).to_arrow_table()
    con.unregister("asked_articles")
    return rows
