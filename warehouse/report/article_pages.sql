-- One row per article, the latest $limit: its latest wording with spans, dates and copies.
with latest as (
    select articles.*, revisions.* exclude (article_id, first_seen_at, last_seen_at, run_id)
    from articles
    join revisions on revisions.article_id = articles.article_id and is_latest
    where articles.first_seen_at >= $since
    order by articles.first_seen_at desc, articles.article_id
    limit $limit
),
spans as (
    select
        revision_id,
        list({
            'start_char': start_char, 'end_char': end_char, 'kind': kind, 'action': action, 'rule_id': rule_id,
            'evidence': evidence, 'confidence_ratio': confidence_ratio, 'text': text
        } order by start_char) as spans
    from boilerplate_spans
    where revision_id in (select revision_id from latest)
    group by revision_id
),
dates as (
    select
        revision_id,
        list({'value': value, 'kind': kind, 'method': method, 'is_chosen': is_chosen, 'reason': reason}
            order by ordinal) as dates
    from date_candidates
    where revision_id in (select revision_id from latest)
    group by revision_id
),
pairs as (
    select article_id_a as article_id, article_id_b as other_id, relation, evidence from duplicates
    union all
    select article_id_b, article_id_a, relation, evidence from duplicates
),
copies as (
    select
        pairs.article_id,
        list({
            'article_id': other_id, 'site': site, 'title': title, 'relation': relation, 'evidence': evidence
        } order by other_id) as copies
    from pairs
    join articles_latest as other on other.article_id = other_id
    where pairs.article_id in (select article_id from latest)
    group by pairs.article_id
)
select latest.*, spans, dates, copies, headline as story_headline
from latest
left join spans using (revision_id)
left join dates using (revision_id)
left join copies on copies.article_id = latest.article_id
left join story_members on story_members.article_id = latest.article_id
left join stories using (story_id)
order by latest.first_seen_at desc, latest.article_id
