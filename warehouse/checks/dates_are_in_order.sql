-- First comes before last: sights of articles and wordings, the ends of an inferred interval, those of a run;
-- and the day of publication is the day of its time, give or take a time zone.
select 'revisions' as table_name, revision_id as row_id, first_seen_at as earlier, last_seen_at as later
from revisions
where first_seen_at > last_seen_at
union all
select 'articles', article_id, first_seen_at, last_seen_at
from articles
where first_seen_at > last_seen_at
union all
select 'revisions', revision_id, published_between_start_at, published_between_end_at
from revisions
where published_between_start_at > published_between_end_at
union all
select 'runs', run_id, started_at, finished_at
from runs
where started_at > finished_at
union all
select 'revisions', revision_id, published_on::timestamptz, published_at
from revisions
where abs(date_diff('hour', published_on::timestamptz + interval 12 hour, published_at)) > 26
