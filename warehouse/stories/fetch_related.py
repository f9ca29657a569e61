"""Fetches the representatives of stories that share key names with some given ones, of years around them."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import accumulate, groupby

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from copydesk.warehouse.register_tables import id_table, in_one, register_tables
from copydesk.warehouse.stories.fetch_articles import fetch_features

TOGETHER = 20_000
"""Representatives of so many stories, and those of a part more, are read at a time."""

RELATED = """
create or replace temp table related as
-- one row per part and given story of it, and per story that shares enough key names with one of them
with reach as (
    select
        given_stories.part,
        min(epoch(first_seen_at)) - $reach_days * 86400.0 as first_second,
        max(epoch(last_seen_at)) + $reach_days * 86400.0 as last_second
    from stories
    join given_stories using (story_id)
    group by given_stories.part
),

common as (
    select term
    from story_keys
    where term in (select term from given_keys)
    group by term
    having count(*) <= $common_stories
),

holders as materialized (
    select term, story_id, dense_rank() over (order by story_id) as number
    from story_keys
    where term in (select term from common)
),

-- Pairs are many: they are counted by numbers, in the order of the ids.
numbered as materialized (
    select distinct story_id, number from holders
),

given as materialized (
    select part, number, term
    from given_keys
    join given_stories using (part, story_id)
    join numbered using (story_id)
),

shared as materialized (
    select given.part, given.number, holders.number as related_number, count(*) as name_count
    from given
    join holders using (term)
    where holders.number <> given.number
    group by given.part, given.number, related_number
    having count(*) >= $shared_names
),

hits as (
    select shared.part, stories.story_id
    from shared
    join numbered on numbered.number = shared.related_number
    join stories on stories.story_id = numbered.story_id
    join reach on reach.part = shared.part
    where epoch(stories.last_seen_at) >= reach.first_second and epoch(stories.first_seen_at) <= reach.last_second
    qualify row_number() over (
        partition by shared.part, shared.number order by shared.name_count desc, shared.related_number
    ) <= $most_candidates
),

wanted as (
    select part, story_id from given_stories
    union
    from hits
)

select wanted.part, stories.story_id, stories.first_seen_at, stories.representative_article_id as article_id
from stories
join wanted using (story_id)
"""

FACTS = """
-- one row per story to compare with others: its representative speaks for itself alone
select distinct
    story_id,
    first_seen_at,
    article_id,
    '' as source_id,
    cast(null as varchar) as outlet,
    article_id as vote_id,
    true as is_representative
from related
where part between $first and $last
order by story_id
"""


@dataclass(frozen=True, slots=True)
class ReachThresholds:
    """How far others are looked for that may be related.

    A candidate shares at least `shared_names` key names that stand in at most `common_stories` stories; a story has at
    most `most_candidates`, of up to `reach_days` before or after those of its part.
    """

    shared_names: int = 4
    most_candidates: int = 12
    common_stories: int = 300
    reach_days: int = 1_100


def find_related(
    con: duckdb.DuckDBPyConnection,
    parts: Sequence[Sequence[str]],
    keys: Sequence[pa.Table],
    thresholds: ReachThresholds,
) -> None:
    """Lay the given stories of each part, and those that may be related to them, in `related`.

    `keys` are the names of the stories of each part (story_id, term).
    """
    stories = in_one([id_table(story_id=part) for part in parts])
    with register_tables(con, given_stories=stories, given_keys=in_one(keys)):
        con.execute(RELATED, asdict(thresholds))


def fetch_related(con: duckdb.DuckDBPyConnection, parts: int) -> Iterator[pa.Table]:
    """Yield features of the representatives of each part's stories and of those that may be related to them.

    They stand anywhere in years of an archive: for parts of few stories these are read once.
    """
    counts = dict(con.execute("select part, count(*) from related group by part").fetchall())
    ends = [*accumulate(counts.get(part, 0) for part in range(parts))]
    for _, together in groupby(range(parts), lambda part: ends[part] // TOGETHER):
        numbers = [*together]
        facts = con.execute(FACTS, {"first": numbers[0], "last": numbers[-1]}).to_arrow_table()
        features = pa.concat_tables(fetch_features(con, facts))
        for part in numbers:
            stories = con.execute("select story_id from related where part = $part", {"part": part})
            here = stories.to_arrow_table()["story_id"].combine_chunks()
            yield features.filter(pc.is_in(features["story_id"], value_set=here))
    con.execute("drop table related")
