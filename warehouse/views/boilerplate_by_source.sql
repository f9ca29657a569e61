-- One row per source, site and kind of boilerplate: how much of it left the latest wordings.
select
    articles.source_id,
    articles.site,
    spans.kind,
    count(*) as span_count,
    count(distinct articles.article_id) as article_count,
    sum(spans.end_char - spans.start_char) as removed_chars
from boilerplate_spans as spans
join revisions on revisions.revision_id = spans.revision_id and revisions.is_latest
join articles on articles.article_id = revisions.article_id
where spans.kind <> 'dateline'
group by articles.source_id, articles.site, spans.kind
