"""Finds the articles near those of each part, in time or in arrival: one look for all parts of a run."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

import duckdb

from copydesk.warehouse.register_tables import id_table, in_one, register_tables

GIVEN = """
create or replace temp table given_articles as
-- one row per article of a part, with its times
select parts.part, article_id, seen_at, start_at, end_at
from parts
join article_facts using (article_id)
"""

SPANS = """
create or replace temp table story_spans as
-- one row per part and stretch of time around its articles that are dated narrowly
with spans as (
    select distinct
        part,
        floor(epoch(start_at) / 86400) - $window_days as first_day,
        floor(epoch(end_at) / 86400) + $window_days as last_day
    from given_articles
    where epoch(end_at) - epoch(start_at) <= $narrow_days * 86400
),

marked as (
    select
        *,
        first_day > max(last_day) over (
            partition by part
            order by first_day, last_day rows between unbounded preceding and 1 preceding
        ) as is_start
    from spans
),

numbered as (
    select *, count(*) filter (where is_start) over (partition by part order by first_day, last_day) as span
    from marked
)

select
    part,
    to_timestamp(min(first_day) * 86400) as start_at,
    to_timestamp((max(last_day) + 1) * 86400) as end_at
from numbered
group by part, span
"""

NEAR = """
create or replace temp table story_near as
-- one row per part and article that stands near those of the part, in time or, where a time is unknown, in arrival
with arrival as (
    select
        part,
        to_timestamp(min(epoch(seen_at)) - $arrival_days * 86400.0) as first_at,
        to_timestamp(max(epoch(seen_at)) + $arrival_days * 86400.0) as last_at,
        count(*) filter (
            where start_at is null or end_at is null or epoch(end_at) - epoch(start_at) > $narrow_days * 86400
        ) as undated_count
    from given_articles
    group by part
),

-- An article has the times of its stored features up to its own part, and those that it has now after it.
known as not materialized (
    select
        story_features.article_id,
        story_features.seen_at,
        story_features.start_at,
        story_features.end_at,
        -1 as settled_part,
        coalesce(given_articles.part, 2147483647) as last_part
    from story_features
    left join given_articles on given_articles.article_id = story_features.article_id
    union all
    select article_id, seen_at, start_at, end_at, part as settled_part, 2147483647 as last_part
    from given_articles
),

timed as not materialized (
    select
        *,
        coalesce(epoch(end_at) - epoch(start_at) <= $narrow_days * 86400, false) as is_narrow
    from known
),

by_arrival as (
    select arrival.part, timed.article_id
    from timed
    join arrival
        on timed.seen_at between arrival.first_at and arrival.last_at
        and arrival.part > timed.settled_part
        and arrival.part <= timed.last_part
    where not timed.is_narrow or arrival.undated_count > 0
    qualify row_number() over (
        partition by arrival.part order by timed.seen_at desc, timed.article_id
    ) <= $arrival_articles
)

select story_spans.part, timed.article_id
from timed
join story_spans
    on timed.start_at < story_spans.end_at
    and timed.end_at >= story_spans.start_at
    and story_spans.part > timed.settled_part
    and story_spans.part <= timed.last_part
where timed.is_narrow
union
select part, article_id from by_arrival
union
select part, article_id from given_articles
"""


@dataclass(frozen=True, slots=True)
class WindowThresholds:
    """How far around the given articles others are fetched.

    `window_days` each way in publication time; for what has no narrow time (`narrow_days`), `arrival_days` each way in
    the time of first sight, and of those the `arrival_articles` seen last: this bounds memory in bulk loads.
    """

    window_days: int = 21
    narrow_days: float = 7.0
    arrival_days: int = 30
    arrival_articles: int = 20_000


def find_near(
    con: duckdb.DuckDBPyConnection, parts: Sequence[Sequence[str]], thresholds: WindowThresholds
) -> None:
    """Lay the articles near those of each part in `story_near`, with the number of the part.

    Parts are settled in order of their numbers, and a later one meets what an earlier one has settled. Expects the
    facts of their articles in `article_facts`.
    """
    bounds = asdict(thresholds)
    with register_tables(con, parts=in_one([id_table(article_id=part) for part in parts])):
        con.execute(GIVEN)
    con.execute(SPANS, {"window_days": bounds.pop("window_days"), "narrow_days": thresholds.narrow_days})
    con.execute(NEAR, bounds)
    con.execute("drop table given_articles")
    con.execute("drop table story_spans")
