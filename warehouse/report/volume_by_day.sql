-- One row per source and day: articles first seen.
select source_id, first_seen_at::date as day, count(*) as articles_count
from articles
where first_seen_at >= $since
group by all
order by day, source_id
