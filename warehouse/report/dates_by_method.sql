-- One row per way in which a publication date was found, and how fine it is; none is a row too.
select
    coalesce(published_method, if(published_between_start_at is null, 'none', 'inferred interval')) as method,
    coalesce(published_precision, '') as precision,
    count(*) as articles_count
from articles_latest
where first_seen_at >= $since
group by all
order by articles_count desc, method, precision
