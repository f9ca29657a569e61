-- One row per story of two outlets or more that an article first seen since $since is in: its articles in order of
-- time, the most told story first.
with told as (
    select
        article_id,
        site,
        title,
        coalesce(published_at, published_on::timestamptz, published_between_start_at, first_seen_at) as told_at
    from articles_latest
),
current as (
    select distinct story_id
    from story_members
    join articles using (article_id)
    where articles.first_seen_at >= $since
)
select
    story_id,
    headline,
    article_count,
    source_count,
    first_seen_at,
    last_seen_at,
    list({'article_id': told.article_id, 'site': site, 'title': title, 'at': told.told_at} order by told.told_at, told.article_id)
        as members
from stories
join current using (story_id)
join story_members using (story_id)
join told on told.article_id = story_members.article_id
where source_count >= 2
group by story_id, headline, article_count, source_count, first_seen_at, last_seen_at
order by source_count desc, article_count desc, last_seen_at desc, story_id
limit 20
