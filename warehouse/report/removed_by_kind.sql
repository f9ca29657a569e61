-- One row per kind of boilerplate: how much of it left the latest wordings.
select
    kind,
    action,
    count(*) as spans_count,
    count(distinct article_id) as articles_count,
    sum(end_char - start_char) as removed_chars
from boilerplate_spans
join revisions using (revision_id)
where is_latest and kind <> 'dateline' and first_seen_at >= $since
group by kind, action
order by removed_chars desc, kind
