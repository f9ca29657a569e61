"""Names the articles whose earlier edges a run may have overtaken, because a hash became common or rare.

A hash counts while fewer than so many articles hold it. When the holders cross that line, pairs that were
candidates through it may no longer be, or the reverse: they are looked up again, so that all at once and day
by day give the same edges.
"""

import duckdb
import pyarrow as pa

from copydesk.warehouse.copies.look_up import CandidateThresholds, has_hits
from copydesk.warehouse.register_tables import register_tables

GREW_COMMON = """
-- one row per article with an edge to another holder of a hash that has just become common
with earlier as (
    select shingle_hash, any_value(holder_count) as now_count,
        any_value(holder_count) - count(*) filter (is_looked_up) as before_count
    from hits group by shingle_hash
),

site_earlier as (
    select shingle_hash, site, any_value(holder_count) - count(*) filter (is_looked_up) as before_count
    from site_hits group by shingle_hash, site
),

crossed as (
    select hits.article_id, hits.shingle_hash, '' as site
    from hits
    join earlier using (shingle_hash)
    where now_count >= $common_articles and before_count between 2 and $common_articles - 1
    union all
    select site_hits.article_id, site_hits.shingle_hash, site_hits.site
    from site_hits
    join site_earlier using (shingle_hash, site)
    where before_count between 2 and $site_articles - 1
),

edges as (
    select article_id_a, article_id_b from duplicates
    union all
    select article_id_a, article_id_b from look_alikes
),

doubtful as (
    select edges.article_id_a, edges.article_id_b
    from edges
    join crossed as one on one.article_id = edges.article_id_a
    join crossed as other on other.article_id = edges.article_id_b
        and other.shingle_hash = one.shingle_hash and other.site = one.site
)

select article_id_a as article_id from doubtful
union
select article_id_b from doubtful
order by article_id
"""

GREW_RARE = """
-- one row per holder of a hash that superseded wordings held and that is no longer common
with gone as (
    select
        shingle_hash,
        site,
        count(*) as site_gone_count,
        sum(count(*)) over (partition by shingle_hash) as gone_count
    from removed
    left join articles using (article_id)
    group by shingle_hash, site
),

holders as (
    select hash_holders.article_id, hash_holders.shingle_hash, articles.site
    from hash_holders
    semi join gone using (shingle_hash)
    join articles using (article_id)
),

counted as (
    select
        article_id,
        shingle_hash,
        site,
        count(*) over (partition by shingle_hash) as holder_count,
        count(*) over (partition by shingle_hash, site) as site_holder_count
    from holders
)

select distinct counted.article_id
from counted
join gone using (shingle_hash)
where (counted.holder_count < $common_articles
        and counted.holder_count + gone.gone_count >= $common_articles)
    or (counted.site = gone.site
        and counted.site_holder_count < $site_articles
        and counted.site_holder_count + gone.site_gone_count >= $site_articles)
order by counted.article_id
"""


def find_overtaken(
    con: duckdb.DuckDBPyConnection,
    removed: pa.Table,
    thresholds: CandidateThresholds = CandidateThresholds(),  # noqa: B008 frozen
) -> list[str]:
    """Return the articles to look up again after `look_up`, sorted.

    `removed`: article_id, shingle_hash of wordings that are no longer the latest, as that was given them.
    """
    bounds = {"common_articles": thresholds.common_articles, "site_articles": thresholds.site_articles}
    found = {row[0] for row in con.execute(GREW_COMMON, bounds).fetchall()} if has_hits(con) else set()
    if removed.num_rows:
        with register_tables(con, removed=removed):
            found |= {row[0] for row in con.execute(GREW_RARE, bounds).fetchall()}
    return sorted(found)
