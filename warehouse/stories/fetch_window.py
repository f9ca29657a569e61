"""Fetches the window around the articles of a part: the features, memberships and stories that they could change."""

from dataclasses import dataclass

import duckdb
import pyarrow as pa

from copydesk.warehouse.register_tables import register_tables
from copydesk.warehouse.stories.fetch_articles import fetch_features

MEMBERS = """
-- one row per article of a story that has an article near
select story_members.article_id, story_members.story_id, story_members.score, story_members.evidence
from story_members
where story_members.story_id in (
    select story_id from story_members where article_id in (select article_id from story_near where part = $part)
)
order by story_members.article_id
"""

FACTS = """
-- one row per article near, or in a story with one, that is not read anew
select article_id, source_id, outlet, vote_id, is_representative
from article_facts
where article_id in (
    select article_id from story_near where part = $part union select article_id from near_members
) and article_id not in (from read_articles)
"""

FORMS = """
-- one row per pair of articles here that fill in one form anew, as the copies step has judged them
with here as (
    select article_id from story_near where part = $part
    union
    select article_id from near_members
)

select article_id_a, article_id_b
from look_alikes
where reason = 'recurring' and article_id_a in (from here) and article_id_b in (from here)
order by article_id_a, article_id_b
"""

STORIES = """
-- one row per story with an article near
select * exclude (settled_at, run_id)
from stories
where story_id in (select story_id from near_members)
order by story_id
"""


@dataclass(frozen=True, slots=True)
class Window:
    """Tables of the window; the stories in it are whole, and `forms` are pairs of its articles."""

    features: pa.Table
    members: pa.Table
    stories: pa.Table
    forms: pa.Table


def fetch_window(con: duckdb.DuckDBPyConnection, part: int, *, read: pa.Table) -> Window:
    """Return what stands near the articles of a part (`find_near`), out of what is held (`hold_stories`).

    Of articles that are `read` anew (article_id) their features here are left out.
    """
    here = {"part": part}
    members = con.execute(MEMBERS, here).to_arrow_table()
    with register_tables(con, near_members=members, read_articles=read):
        features = fetch_features(con, con.execute(FACTS, here).to_arrow_table())
        stories = con.execute(STORIES).to_arrow_table()
        forms = con.execute(FORMS, here).to_arrow_table()
    return Window(features, members, stories, forms)
