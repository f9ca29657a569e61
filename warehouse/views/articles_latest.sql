-- One row per article: its latest wording, with its outlet, the best day that is known, its story and its copies.
-- best_day is the stated one (best_day_certainty stated), else the first of an interval of at most a week that was
-- inferred (high, medium, low), else the last that it can be, as it was seen by then (seen). An article without copies
-- is a group of its own.
select
    revisions.title,
    coalesce(revisions.publisher, articles.site) as outlet,
    coalesce(
        revisions.published_on,
        cast(timezone('UTC', revisions.published_at) as date),
        if(
            revisions.published_between_end_at - revisions.published_between_start_at <= interval 7 days,
            cast(timezone('UTC', revisions.published_between_start_at) as date),
            null
        ),
        cast(timezone('UTC', least(articles.first_seen_at, revisions.published_between_end_at)) as date)
    ) as best_day,
    revisions.language,
    revisions.body_words,
    revisions.authors,
    revisions.agency,
    revisions.section,
    case
        when coalesce(revisions.published_on, revisions.published_at) is not null then 'stated'
        when revisions.published_between_end_at - revisions.published_between_start_at <= interval 7 days
            then revisions.published_between_confidence
        else 'seen'
    end as best_day_certainty,
    case best_day_certainty
        when 'stated' then revisions.published_method
        when 'seen' then 'first_seen'
        else revisions.published_between_method
    end as best_day_method,
    revisions.dek,
    revisions.body,
    coalesce(articles.canonical_url, if(starts_with(articles.origin, 'http'), articles.origin, null)) as url,
    story_members.story_id,
    coalesce(duplicate_groups.group_id, articles.article_id) as group_id,
    coalesce(duplicate_groups.is_representative, true) as is_representative,
    revisions.published_at,
    revisions.published_local_at,
    revisions.published_on,
    revisions.published_precision,
    revisions.published_method,
    revisions.published_between_start_at,
    revisions.published_between_end_at,
    revisions.publisher,
    revisions.licence,
    revisions.dateline,
    revisions.completeness,
    articles.first_seen_at,
    articles.last_seen_at,
    articles.article_id,
    articles.source_id,
    articles.site,
    articles.canonical_url,
    articles.external_id,
    articles.origin,
    revisions.revision_id,
    revisions.revision_number
from articles
join revisions on revisions.article_id = articles.article_id and revisions.is_latest
left join story_members on story_members.article_id = articles.article_id
left join duplicate_groups on duplicate_groups.article_id = articles.article_id
