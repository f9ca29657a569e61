-- What a source brought in the last 24 hours is near the median of its 28 days before: not off by more than this
-- many robust deviations (judged where 7 of those days brought something).
-- severity: warn
-- threshold: 5
with days as (
    select
        source_id,
        (epoch($now - first_seen_at) // 86400)::int as days_ago,
        count(*) as articles_count
    from articles
    where first_seen_at > $now - interval 29 days and first_seen_at <= $now
    group by all
),
judged as (
    select source_id, max(days_ago) as oldest from days where days_ago > 0 group by source_id having count(*) >= 7
),
filled as (
    select source_id, day.days_ago, coalesce(articles_count, 0) as articles_count
    from judged
    cross join (select unnest(range(29)) as days_ago) as day
    left join days using (source_id, days_ago)
    where day.days_ago <= oldest
),
usual as (
    select
        source_id,
        median(articles_count) as median_count,
        -- Counts scatter by their square root at least: a quiet source must not alarm at every odd article.
        greatest(1.4826 * mad(articles_count), sqrt(median(articles_count)), 0.1 * median(articles_count), 1)
            as deviation
    from filled
    where days_ago > 0
    group by source_id
)
select source_id, articles_count, median_count, round(deviation, 1) as deviation
from filled
join usual using (source_id)
where days_ago = 0 and abs(articles_count - median_count) > $threshold * deviation
order by source_id
