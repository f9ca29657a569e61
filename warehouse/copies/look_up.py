"""Finds the articles that may share text with some given ones, by a join on sampled hashes."""

from dataclasses import asdict, dataclass

import duckdb
import pyarrow as pa

from copydesk.warehouse.register_tables import register_tables

HOLDERS = """
create or replace temp table hash_holders as
-- one row per holder of a hash that is looked up, or that a superseded wording held
with asked as (
    select shingle_hash from looked_up
    union
    select shingle_hash from superseded
)

select sketches.article_id, sketches.shingle_hash, sketches.shingle_count
from sketches
semi join asked using (shingle_hash)
"""

HITS = """
create or replace temp table hits as
-- one row per holder of a hash that looked-up and other articles share, unless it had been common before
with asked as (
    select shingle_hash, count(*) as looked_up_count from looked_up group by shingle_hash
),

holders as (
    select article_id, shingle_hash, shingle_count from hash_holders semi join asked using (shingle_hash)
),

counted as (
    select shingle_hash, count(*) as holder_count from holders group by shingle_hash
),

telling as (
    select counted.shingle_hash, counted.holder_count
    from counted
    join asked using (shingle_hash)
    where counted.holder_count > 1 and counted.holder_count - asked.looked_up_count < $common_articles
)

select
    holders.article_id,
    holders.shingle_hash,
    holders.shingle_count,
    holders.article_id in (select article_id from looked_up) as is_looked_up,
    telling.holder_count
from holders
join telling using (shingle_hash)
"""

SITE_HITS = """
create or replace temp table site_hits as
-- one row per holder, within its site, of a hash that the site repeats
with wide as (
    select article_id, shingle_hash, is_looked_up from hits where holder_count >= $site_articles
)

select
    wide.article_id,
    wide.shingle_hash,
    wide.is_looked_up,
    articles.site,
    count(*) over (partition by wide.shingle_hash, articles.site) as holder_count
from wide
join articles using (article_id)
-- Without an address the site is only the folder or file that brought it.
where articles.canonical_url is not null
qualify holder_count >= $site_articles
"""

PAIRS = """
-- one row per pair that shares enough sampled hashes, the smaller id first
with usable as (
    select hits.article_id, hits.shingle_hash, hits.shingle_count, hits.is_looked_up, site_hits.site
    from hits
    left join site_hits using (article_id, shingle_hash)
    where hits.holder_count < $common_articles
),

matched as (
    select
        least(one.article_id, other.article_id) as article_id_a,
        greatest(one.article_id, other.article_id) as article_id_b,
        count(*) as shared_count,
        least(any_value(one.shingle_count), any_value(other.shingle_count)) as smaller_count,
        greatest(any_value(one.shingle_count), any_value(other.shingle_count)) as larger_count
    from usable as one
    join usable as other using (shingle_hash)
    where one.is_looked_up
        and one.article_id <> other.article_id
        and (not other.is_looked_up or one.article_id < other.article_id)
        -- What a site repeats says nothing of two of its own articles.
        and (one.site is null or one.site is distinct from other.site)
    group by article_id_a, article_id_b
),

sampled as (
    select *, smaller_count * least(1, greatest(1 / $one_in, power($whole / larger_count, 2))) as sample_count
    from matched
)

select article_id_a, article_id_b
from sampled
where shared_count >= least($least_shared, sample_count)
    and shared_count >= $least_ratio * sample_count
order by article_id_a, article_id_b
"""

WINDOW = """
-- one row per candidate pair whose articles were first seen at most so many days apart
select candidates.article_id_a, candidates.article_id_b
from candidates
join articles as one on one.article_id = candidates.article_id_a
join articles as other on other.article_id = candidates.article_id_b
where abs(date_diff('second', one.first_seen_at, other.first_seen_at)) <= $look_back_days * 86400
order by candidates.article_id_a, candidates.article_id_b
"""

NO_PAIRS = pa.table({end: pa.array([], pa.string()) for end in ("article_id_a", "article_id_b")})

NO_HASHES = pa.table({"shingle_hash": pa.array([], pa.uint64())})

ONE_IN, WHOLE = 16.0, 96.0
"""The density by which transforms/copies/sketch.py samples: what is stored was sampled so."""


@dataclass(frozen=True, slots=True)
class CandidateThresholds:
    """What makes a pair a candidate.

    A hash held by `common_articles` articles or more is too common to tell anything, one held by
    `site_articles` of one site is the site's own.
    `look_back_days`: how far apart two articles may have been first seen; None: the whole history.
    """

    common_articles: int = 500
    site_articles: int = 50
    least_shared: int = 2
    least_ratio: float = 0.2
    look_back_days: float | None = None


def look_up(
    con: duckdb.DuckDBPyConnection,
    sketches: pa.Table,
    thresholds: CandidateThresholds = CandidateThresholds(),
    *,
    removed: pa.Table = NO_HASHES,
) -> pa.Table:
    """Return the candidate pairs (article_id_a, article_id_b) of the articles whose sketches are given.

    Reads `sketches`, which must hold theirs too and nothing prunes, once, and `articles`. Leaves the temporary tables
    `hits`, where that has rows `site_hits`, and `hash_holders` of these hashes and the removed ones, which
    `find_overtaken` reads. The pairs depend on what the tables hold, not on when it came.
    """
    values = asdict(thresholds) | {"one_in": ONE_IN, "whole": WHOLE}
    with register_tables(con, looked_up=sketches, superseded=removed.select(["shingle_hash"])):
        con.execute(HOLDERS)
        con.execute(HITS, {"common_articles": thresholds.common_articles})
        if not has_hits(con):
            return NO_PAIRS
        con.execute(SITE_HITS, {"site_articles": thresholds.site_articles})
    del values["site_articles"], values["look_back_days"]
    pairs = con.execute(PAIRS, values).to_arrow_table()
    return pairs if thresholds.look_back_days is None else _within(con, pairs, thresholds.look_back_days)


def has_hits(con: duckdb.DuckDBPyConnection) -> bool:
    """Return whether an article that was looked up last shares anything with another."""
    return bool(con.execute("select 1 from hits limit 1").fetchall())


def drop_hits(con: duckdb.DuckDBPyConnection) -> None:
    """Drop what was looked up last: it would stand beside what the next portion looks up."""
    for table in ("hash_holders", "hits", "site_hits"):
        con.execute(f"drop table if exists temp.{table}")


def _within(con: duckdb.DuckDBPyConnection, pairs: pa.Table, days: float) -> pa.Table:
    with register_tables(con, candidates=pairs):
        return con.execute(WINDOW, {"look_back_days": days}).to_arrow_table()
