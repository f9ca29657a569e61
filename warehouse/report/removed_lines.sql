-- One row per site and line that was taken out of two articles or more: the most frequent first.
select
    site,
    kind,
    any_value(rule_id) as rule_id,
    trim(text, chr(10) || ' ') as line,
    count(distinct articles.article_id) as articles_count
from boilerplate_spans
join revisions using (revision_id)
join articles using (article_id)
where is_latest and action = 'drop' and revisions.first_seen_at >= $since and length(text) <= 300
group by site, kind, line
having count(distinct articles.article_id) >= 2
order by articles_count desc, site, line
limit 30
