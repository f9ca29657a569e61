-- One row per pair of outlets: how many pieces that the first had first the second has too.
select
    original.site as from_site,
    copy.site as to_site,
    count(*) as articles_count,
    median(date_diff('minute', original.first_seen_at, copy.first_seen_at)) / 60 as later_hours
from duplicate_groups as copies
join duplicate_groups as representatives
    on representatives.group_id = copies.group_id and representatives.is_representative
join articles as copy on copy.article_id = copies.article_id
join articles as original on original.article_id = representatives.article_id
where not copies.is_representative and copy.first_seen_at >= $since
group by from_site, to_site
order by articles_count desc, from_site, to_site
limit 25
