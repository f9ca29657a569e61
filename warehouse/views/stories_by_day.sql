-- One row per UTC day and story with an article of that day: how much was written, and by how many outlets.
with dated as (
    select
        story_members.story_id,
        articles.site,
        date '1970-01-01' + cast(
            floor(
                epoch(
                    case
                        when story_features.time_method in ('published', 'fetched') then story_features.start_at
                        else stories.first_seen_at
                    end
                ) / 86400
            ) as integer
        ) as day
    from story_members
    join stories on stories.story_id = story_members.story_id
    join articles on articles.article_id = story_members.article_id
    left join story_features on story_features.article_id = story_members.article_id
)

select
    dated.day,
    dated.story_id,
    stories.headline,
    count(*) as article_count,
    count(distinct dated.site) as source_count,
    stories.article_count as story_article_count
from dated
join stories on stories.story_id = dated.story_id
group by dated.day, dated.story_id, stories.headline, stories.article_count
