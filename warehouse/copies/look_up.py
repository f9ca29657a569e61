"""Finds the articles that may share text with some given ones, by a join on sampled hashes."""

from dataclasses import asdict, dataclass

import duckdb
import pyarrow as pa

from copydesk.warehouse.register_tables import register_tables

HOLDERS = """
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


@dataclass(frozen=True, slots=True)
class Found:
    """Candidate `pairs` (article_id_a, article_id_b), and what `find_overtaken` reads of how they were found.

    `holders` are those of all hashes that were looked up or removed, `hits` of those that tell something and, where
    there are any, `site_hits` of those that a site repeats. They are no temporary tables, which stay in memory until
    the transaction ends.
    """

    pairs: pa.Table
    holders: pa.Table
    hits: pa.Table
    site_hits: pa.Table


def look_up(
    con: duckdb.DuckDBPyConnection,
    sketches: pa.Table,
    thresholds: CandidateThresholds = CandidateThresholds(),
    *,
    removed: pa.Table = NO_HASHES,
) -> Found:
    """Return the candidate pairs of the articles whose sketches are given.

    Reads `sketches`, which must hold theirs too and nothing prunes, once, and `articles`. The pairs depend on what the
    tables hold, not on when it came.
    """
    values = asdict(thresholds) | {"one_in": ONE_IN, "whole": WHOLE}
    with register_tables(con, looked_up=sketches, superseded=removed.select(["shingle_hash"])):
        holders = con.execute(HOLDERS).to_arrow_table()
        with register_tables(con, hash_holders=holders):
            hits = con.execute(HITS, {"common_articles": values["common_articles"]}).to_arrow_table()
    if not hits.num_rows:
        return Found(NO_PAIRS, holders, hits, NO_HASHES)
    days = values.pop("look_back_days")
    with register_tables(con, hits=hits):
        site_hits = con.execute(SITE_HITS, {"site_articles": values.pop("site_articles")}).to_arrow_table()
        with register_tables(con, site_hits=site_hits):
            pairs = con.execute(PAIRS, values).to_arrow_table()
    return Found(pairs if days is None else _within(con, pairs, days), holders, hits, site_hits)


def _within(con: duckdb.DuckDBPyConnection, pairs: pa.Table, days: float) -> pa.Table:
    with register_tables(con, candidates=pairs):
        return con.execute(WINDOW, {"look_back_days": days}).to_arrow_table()
