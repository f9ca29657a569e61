"""Finds articles whose stories rest on something that has changed since: wording, time, or group of copies."""

import duckdb
import pyarrow as pa

STALE = """
-- one row per article whose features are missing or were read from another wording, time or vote
select articles.article_id
from articles
join revisions on revisions.article_id = articles.article_id and revisions.is_latest
left join story_features on story_features.article_id = articles.article_id
left join duplicate_groups on duplicate_groups.article_id = articles.article_id
where articles.article_id in (select article_id from looked_at)
    and (
        story_features.article_id is null
        or story_features.features_version <> $features_version
        or story_features.revision_id <> revisions.revision_id
        or story_features.vote_id <> coalesce(duplicate_groups.group_id, articles.article_id)
        or (
            revisions.published_at is not null
            and story_features.start_at is distinct from revisions.published_at
        )
        or (
            revisions.published_at is null
            and revisions.published_on is not null
            and story_features.start_at is distinct from to_timestamp(epoch(revisions.published_on))
        )
        or (
            revisions.published_at is null
            and revisions.published_on is null
            and coalesce(revisions.published_between_start_at, revisions.published_between_end_at) is not null
            and (
                story_features.start_at is distinct from revisions.published_between_start_at
                or story_features.end_at
                    is distinct from coalesce(revisions.published_between_end_at, articles.first_seen_at)
            )
        )
    )
order by articles.article_id
"""


def find_stale(
    con: duckdb.DuckDBPyConnection, article_ids: pa.Array, *, features_version: int
) -> pa.ChunkedArray:
    """Return those of the articles, and of the groups of copies that they are in, that must be read again."""
    con.register("asked_articles", pa.table({"article_id": article_ids}))
    con.execute("""
        create or replace temp table looked_at as
        -- one row per asked article and per article in its group of copies
        select article_id from asked_articles
        union
        select article_id from duplicate_groups
        where group_id in (
            select group_id from duplicate_groups
            where article_id in (select article_id from asked_articles)
        )
    """)
    stale = con.execute(STALE, {"features_version": features_version}).to_arrow_table()
    con.execute("drop table looked_at")
    con.unregister("asked_articles")
    return stale["article_id"]
