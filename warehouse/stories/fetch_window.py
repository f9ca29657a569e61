"""Fetches the window around some articles: the features, memberships and stories that they could change."""

from dataclasses import dataclass

import duckdb
import pyarrow as pa

from copydesk.warehouse.lend import lend
from copydesk.warehouse.stories.fetch_articles import fetch_features

SPANS = """
create or replace temp table story_spans as
-- one row per stretch of time around given articles that are dated narrowly
with spans as (
    select distinct
        floor(epoch(start_at) / 86400) - $window_days as first_day,
        floor(epoch(end_at) / 86400) + $window_days as last_day
    from given_articles
    where epoch(end_at) - epoch(start_at) <= $narrow_days * 86400
),

marked as (
    select
        first_day,
        last_day,
        first_day > max(last_day) over (
            order by first_day, last_day rows between unbounded preceding and 1 preceding
        ) as is_start
    from spans
),

numbered as (
    select *, count(*) filter (where is_start) over (order by first_day, last_day) as span
    from marked
)

select
    to_timestamp(min(first_day) * 86400) as start_at,
    to_timestamp((max(last_day) + 1) * 86400) as end_at
from numbered
group by span
"""

NEAR = """
create or replace temp table story_near as
-- one row per article that stands near the given ones, in time or, where a time is unknown, in arrival
with arrival as (
    select
        to_timestamp(min(epoch(seen_at)) - $arrival_days * 86400) as first_at,
        to_timestamp(max(epoch(seen_at)) + $arrival_days * 86400) as last_at,
        count(*) filter (
            where start_at is null or end_at is null or epoch(end_at) - epoch(start_at) > $narrow_days * 86400
        ) as undated_count
    from given_articles
),

arrived as (
    select
        story_features.article_id,
        story_features.seen_at,
        start_at is not null and end_at is not null
            and epoch(end_at) - epoch(start_at) <= $narrow_days * 86400 as is_narrow,
        arrival.undated_count
    from story_features
    join arrival on story_features.seen_at between arrival.first_at and arrival.last_at
),

by_arrival as (
    select article_id
    from arrived
    where not is_narrow or undated_count > 0
    order by seen_at desc, article_id
    limit $arrival_articles
)

select story_features.article_id
from story_features
semi join story_spans
    on story_features.start_at < story_spans.end_at and story_features.end_at >= story_spans.start_at
where epoch(end_at) - epoch(start_at) <= $narrow_days * 86400
union
select article_id from by_arrival
union
select article_id from given_articles
"""

MEMBERS = """
-- one row per article of a story that has an article near
select story_members.article_id, story_members.story_id, story_members.score, story_members.evidence
from story_members
where story_members.story_id in (
    select story_id from story_members where article_id in (select article_id from story_near)
)
order by story_members.article_id
"""

FACTS = """
-- one row per article near, or in a story with one, as it stood when its features were read
select
    story_features.article_id,
    articles.source_id,
    coalesce(nullif(articles.site, articles.source_id), revisions.publisher) as outlet,
    coalesce(duplicate_groups.group_id, articles.article_id) as vote_id,
    coalesce(duplicate_groups.is_representative, true) as is_representative
from story_features
join articles on articles.article_id = story_features.article_id
join revisions on revisions.revision_id = story_features.revision_id
left join duplicate_groups on duplicate_groups.article_id = story_features.article_id
where story_features.article_id in (select article_id from story_near union select article_id from near_members)
"""

FORMS = """
-- one row per pair of articles here that fill in one form anew, as the copies step has judged them
with here as (select article_id from story_near union select article_id from near_members)

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
class WindowParams:
    """How far around the given articles others are fetched.

    `window_days` each way in publication time; for what has no narrow time (`narrow_days`), `arrival_days` each way in
    the time of first sight, and of those the `arrival_articles` seen last: this bounds memory in bulk loads.
    """

    window_days: int = 21
    narrow_days: float = 7.0
    arrival_days: int = 30
    arrival_articles: int = 20_000


@dataclass(frozen=True, slots=True)
class Window:
    """Tables of the window; the stories in it are whole, and `forms` are pairs of its articles."""

    features: pa.Table
    members: pa.Table
    stories: pa.Table
    forms: pa.Table


def fetch_window(con: duckdb.DuckDBPyConnection, given: pa.Table, params: WindowParams) -> Window:
    """Return what stands near the given articles (article_id, seen_at, start_at, end_at)."""
    with lend(con, given_articles=given.select(["article_id", "seen_at", "start_at", "end_at"])):
        con.execute(SPANS, {"window_days": params.window_days, "narrow_days": params.narrow_days})
        bounds = {
            "narrow_days": params.narrow_days,
            "arrival_days": params.arrival_days,
            "arrival_articles": params.arrival_articles,
        }
        con.execute(NEAR, bounds)
        members = con.execute(MEMBERS).to_arrow_table()
        with lend(con, near_members=members):
            features = fetch_features(con, con.execute(FACTS).to_arrow_table())
            stories = con.execute(STORIES).to_arrow_table()
            forms = con.execute(FORMS).to_arrow_table()
    con.execute("drop table story_near")
    con.execute("drop table story_spans")
    return Window(features, members, stories, forms)
