-- The share of copies among a run's new articles stays near the median of the runs before it.
-- severity: warn
-- threshold: 0.3 (in shares; judged from the sixth run of 20 articles or more)
with by_run as (
    select
        runs.run_id,
        runs.started_at,
        avg((not coalesce(is_representative, true))::int) as copies_ratio
    from articles
    join runs using (run_id)
    left join duplicate_groups using (article_id)
    group by runs.run_id, runs.started_at
    having count(*) >= 20
),
compared as (
    select
        *,
        median(copies_ratio) over before as usual_ratio,
        count(*) over before as runs_before_count,
        row_number() over (order by started_at desc) as position
    from by_run
    window before as (order by started_at rows between 20 preceding and 1 preceding)
)
select run_id, started_at, round(copies_ratio, 3) as copies_ratio, round(usual_ratio, 3) as usual_ratio
from compared
where position = 1 and runs_before_count >= 5 and abs(copies_ratio - usual_ratio) > $threshold
