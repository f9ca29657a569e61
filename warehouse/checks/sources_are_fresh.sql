-- A source that is read on the network brought something new within this many of its usual intervals
-- (and within two days, where it is usually quicker).
-- severity: warn
-- threshold: 5
select
    source_id,
    last_new_article_at,
    round(usual_interval_seconds / 3600, 1) as usual_hours,
    round(epoch($now - last_new_article_at) / 3600, 1) as silent_hours
from sources
where is_enabled
    and kind in ('feed', 'sitemap', 'urls')
    and epoch($now - last_new_article_at) > greatest(2 * 86400, $threshold * usual_interval_seconds)
order by silent_hours desc, source_id
