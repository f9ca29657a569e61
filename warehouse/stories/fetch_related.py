"""Fetches the representatives of stories that share key names with some given ones, of years around them."""

import duckdb
import pyarrow as pa

from copydesk.warehouse.lend import lend
from copydesk.warehouse.stories.fetch_articles import fetch_features

RELATED = """
-- one row per given story, and per story that shares enough key names with one of them
with asked as (
    select story_keys.story_id, story_keys.term
    from story_keys
    where story_keys.story_id in (select story_id from given_stories)
),

reach as (
    select
        min(epoch(first_seen_at)) - $reach_days * 86400 as first_second,
        max(epoch(last_seen_at)) + $reach_days * 86400 as last_second
    from stories
    where story_id in (select story_id from given_stories)
),

in_reach as (
    select stories.story_id
    from stories, reach
    where epoch(stories.last_seen_at) >= reach.first_second and epoch(stories.first_seen_at) <= reach.last_second
),

common as (
    select term
    from story_keys
    where term in (select term from asked)
    group by term
    having count(*) <= $common_stories
),

hits as (
    select asked.story_id, story_keys.story_id as related_story_id
    from asked
    join story_keys using (term)
    semi join in_reach on in_reach.story_id = story_keys.story_id
    where asked.term in (select term from common)
        and story_keys.story_id <> asked.story_id
    group by asked.story_id, related_story_id
    having count(*) >= $shared_names
    qualify row_number() over (
        partition by asked.story_id order by count(*) desc, related_story_id
    ) <= $most_candidates
),

wanted as (
    select story_id from given_stories
    union
    select related_story_id from hits
)

select
    stories.story_id,
    stories.first_seen_at,
    articles.article_id,
    articles.source_id,
    cast(null as varchar) as outlet,
    articles.article_id as vote_id,
    true as is_representative
from stories
join articles on articles.article_id = stories.representative_article_id
semi join story_features on story_features.article_id = articles.article_id
where stories.story_id in (select story_id from wanted)
order by stories.story_id
"""


def fetch_related(
    con: duckdb.DuckDBPyConnection,
    story_ids: pa.Array,
    *,
    shared_names: int = 4,
    most_candidates: int = 12,
    common_stories: int = 300,
    reach_days: int = 1_100,
) -> pa.Table:
    """Return features of the given stories' representatives and of those that may be related to them.

    A candidate shares at least `shared_names` key names that stand in at most `common_stories` stories; a story has
    at most `most_candidates`, of up to `reach_days` before or after the given ones.
    """
    with lend(con, given_stories=pa.table({"story_id": story_ids})):
        bounds = {
            "shared_names": shared_names,
            "most_candidates": most_candidates,
            "common_stories": common_stories,
            "reach_days": reach_days,
        }
        return fetch_features(con, con.execute(RELATED, bounds).to_arrow_table())
