-- Nothing was published, seen or fetched after now, nor published more than a day after it was first seen
-- (an outlet's clock and time zone may be off by that much), nor before newspapers existed.
select revision_id, article_id, published_at, published_on, first_seen_at, last_seen_at
from revisions
where published_at > first_seen_at + interval 1 day
    or published_on > (first_seen_at + interval 1 day)::date
    or published_on < date '1605-01-01'
    or first_seen_at > $now
    or last_seen_at > $now
order by revision_id
