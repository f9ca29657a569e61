-- One row per outlet and best day: what it brought, how sure the day is, and how much of that stands elsewhere too.
select
    outlet,
    best_day,
    count(*) as article_count,
    count(*) filter (best_day_certainty = 'stated') as stated_count,
    count(*) filter (is_representative) as unique_count,
    count(agency) as agency_count,
    count(distinct story_id) as story_count,
    count(*) filter (revision_number > 1) as reworded_count,
    cast(sum(body_words) as bigint) as body_words
from articles_latest
group by outlet, best_day
