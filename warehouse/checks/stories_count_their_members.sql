-- A story counts the articles that are in it; its votes and outlets are no more than they.
with counted as (
    select story_id, count(*) as members_count from story_members group by story_id
)
select story_id, headline, article_count, coalesce(members_count, 0) as members_count
from stories
left join counted using (story_id)
where article_count <> coalesce(members_count, 0)
    or vote_count > article_count
    or source_count > article_count
order by story_id
