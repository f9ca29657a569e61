-- One row per headline of an article that replaced another: both wordings, and between which two sights it changed.
with headlines as (
    select
        article_id,
        revision_id,
        revision_number,
        title,
        first_seen_at,
        lag(title) over wordings as title_before,
        lag(last_seen_at) over wordings as unchanged_until_at
    from revisions
    where title is not null
    window wordings as (partition by article_id order by revision_number)
)

select
    headlines.article_id,
    articles_latest.outlet,
    headlines.title_before,
    headlines.title as title_after,
    headlines.unchanged_until_at,
    headlines.first_seen_at as changed_by_at,
    headlines.revision_id,
    headlines.revision_number,
    articles_latest.url,
    articles_latest.story_id
from headlines
join articles_latest on articles_latest.article_id = headlines.article_id
where headlines.title <> headlines.title_before
