-- Of a source with 20 articles or more, less than this share is in no language that was recognised.
-- severity: warn
-- threshold: 0.2
select
    source_id,
    count(*) as articles_count,
    round(avg((language is null)::int), 3) as unknown_ratio
from revisions
join articles using (article_id)
where is_latest
group by source_id
having count(*) >= 20 and avg((language is null)::int) > $threshold
order by unknown_ratio desc, source_id
