-- Of a source with 20 articles or more, at least this share has a publication date.
-- severity: warn
-- threshold: 0.5
select
    source_id,
    count(*) as articles_count,
    round(avg((published_on is not null or published_at is not null)::int), 3) as dated_ratio
from revisions
join articles using (article_id)
where is_latest
group by source_id
having count(*) >= 20 and avg((published_on is not null or published_at is not null)::int) < $threshold
order by dated_ratio, source_id
