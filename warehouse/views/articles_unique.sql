-- One row per group of copies, and per article without copies: the representative's latest wording.
select
    articles_latest.*,
    coalesce(duplicate_groups.group_id, articles_latest.article_id) as group_id
from articles_latest
left join duplicate_groups on duplicate_groups.article_id = articles_latest.article_id
where coalesce(duplicate_groups.is_representative, true)
