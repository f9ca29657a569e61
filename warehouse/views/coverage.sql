-- One row per story, outlet and hour (UTC) in which the outlet brought something of it: how many articles.
-- hour_basis tells what the hour rests on: published, published_local (on a clock whose zone nobody names), seen; of day
-- (only a day is stated) and inferred (the day is) the hour is null.
select
    stories.story_id,
    stories.headline,
    articles_latest.outlet,
    articles_latest.best_day as day,
    case
        when articles_latest.published_at is not null then 'published'
        when articles_latest.published_local_at is not null then 'published_local'
        when articles_latest.best_day_certainty in ('stated', 'seen')
            then if(articles_latest.best_day_certainty = 'stated', 'day', 'seen')
        else 'inferred'
    end as hour_basis,
    date_trunc('hour', case hour_basis
        when 'published' then timezone('UTC', articles_latest.published_at)
        when 'published_local' then articles_latest.published_local_at
        when 'seen' then timezone('UTC', articles_latest.first_seen_at)
    end) as hour,
    count(*) as article_count,
    count(*) filter (articles_latest.is_representative) as unique_count,
    min(articles_latest.title) as example_title
from stories
join articles_latest on articles_latest.story_id = stories.story_id
group by all
