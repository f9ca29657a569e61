-- Every article has exactly one latest wording, and its wordings are numbered from 1 without a gap.
with counted as (
    select
        article_id,
        count(*) filter (is_latest) as latest_count,
        count(*) as wordings_count,
        min(revision_number) as lowest_number,
        max(revision_number) as highest_number
    from revisions
    group by article_id
)
select
    articles.article_id,
    articles.origin,
    coalesce(latest_count, 0) as latest_count,
    coalesce(wordings_count, 0) as wordings_count,
    highest_number
from articles
left join counted using (article_id)
where latest_count is distinct from 1 or lowest_number <> 1 or highest_number <> wordings_count
order by article_id
