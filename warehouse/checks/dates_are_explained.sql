-- A publication date rests on exactly one chosen candidate, and says its precision and method;
-- where there is no date, none is chosen.
with chosen as (
    select revision_id, count(*) as chosen_count from date_candidates where is_chosen group by revision_id
)
select
    revision_id,
    article_id,
    published_at,
    published_on,
    published_method,
    coalesce(chosen_count, 0) as chosen_count
from revisions
left join chosen using (revision_id)
where coalesce(chosen_count, 0) <> (published_at is not null or published_on is not null)::int
    or (published_at is not null or published_on is not null)
        <> (published_precision is not null and published_method is not null)
order by revision_id
