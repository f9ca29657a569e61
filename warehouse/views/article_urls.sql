-- One row per address under which an article is known, with when it was first seen there: as its carriers wrote it, in
-- its normal form, as it was asked for, and as it was called before a new version settled it elsewhere.
with known as (
    select article_id, url, fetched_at as seen_at from documents
    union all
    select article_id, carrier_url, fetched_at from documents
    union all
    select article_id, origin, fetched_at from documents where origin like 'http%://%'
    union all
    select article_id, canonical_url, first_seen_at from articles
    union all
    select article_id, canonical_url, settled_at from article_aliases
)
select article_id, url, min(seen_at) as first_seen_at
from known
where article_id is not null and url is not null
group by article_id, url
