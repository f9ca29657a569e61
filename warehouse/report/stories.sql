-- One row per story of two outlets or more: its articles in order of time, the most told first.
select
    stories.story_id,
    headline,
    article_count,
    source_count,
    stories.first_seen_at,
    stories.last_seen_at,
    list({
        'article_id': story_members.article_id,
        'site': site,
        'title': title,
        'at': coalesce(published_at, published_on::timestamptz, members.first_seen_at)
    } order by coalesce(published_at, published_on::timestamptz, members.first_seen_at), story_members.article_id)
        as members
from stories
join story_members using (story_id)
join articles_latest as members on members.article_id = story_members.article_id
where stories.last_seen_at >= $since and source_count >= 2
group by stories.story_id, headline, article_count, source_count, stories.first_seen_at, stories.last_seen_at
order by source_count desc, article_count desc, stories.last_seen_at desc, stories.story_id
limit 20
