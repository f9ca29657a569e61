-- One row per rule, site and day of first sight: how often the rule took something out, and how much.
select
    spans.rule_id,
    spans.kind,
    spans.action,
    articles.site,
    cast(revisions.first_seen_at as date) as seen_on,
    count(*) as span_count,
    count(distinct articles.article_id) as article_count,
    sum(spans.end_char - spans.start_char) as removed_chars,
    avg(spans.confidence_ratio) as confidence_ratio,
    min(spans.text) as example_text
from boilerplate_spans as spans
join revisions on revisions.revision_id = spans.revision_id
join articles on articles.article_id = revisions.article_id
group by spans.rule_id, spans.kind, spans.action, articles.site, seen_on
