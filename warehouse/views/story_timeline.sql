-- One row per article in a story: what was said of the event, by whom and when, in order of time.
select
    story_members.story_id,
    stories.headline,
    case when story_features.time_method = 'published' then story_features.start_at end as published_at,
    story_features.time_method,
    story_features.start_at as not_before_at,
    story_features.end_at as not_after_at,
    articles.first_seen_at,
    story_members.article_id,
    articles_latest.title,
    articles_latest.publisher,
    articles.site,
    story_members.article_id = stories.representative_article_id as is_representative,
    story_members.score,
    story_members.evidence
from story_members
join stories on stories.story_id = story_members.story_id
join articles on articles.article_id = story_members.article_id
left join articles_latest on articles_latest.article_id = story_members.article_id
left join story_features on story_features.article_id = story_members.article_id
order by story_members.story_id, coalesce(story_features.start_at, articles.first_seen_at), story_members.article_id
