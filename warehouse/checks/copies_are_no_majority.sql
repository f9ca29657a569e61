-- Of a source with 50 articles or more, less than this share repeats what another article says.
-- severity: warn
-- threshold: 0.8 (a wire's subscriber repeats most of it; nearly all means that a rule merges what it should not)
select
    source_id,
    count(*) as articles_count,
    round(avg((not coalesce(is_representative, true))::int), 3) as copies_ratio
from articles
left join duplicate_groups using (article_id)
group by source_id
having count(*) >= 50 and avg((not coalesce(is_representative, true))::int) > $threshold
order by copies_ratio desc, source_id
