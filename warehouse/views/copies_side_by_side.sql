-- One row per pair of copies: both articles side by side, what they share and what differs.
select
    duplicates.relation,
    one.title as title_a,
    other.title as title_b,
    coalesce(one.publisher, article_a.site) as outlet_a,
    coalesce(other.publisher, article_b.site) as outlet_b,
    coalesce(one.published_on, cast(one.published_at as date)) as published_on_a,
    coalesce(other.published_on, cast(other.published_at as date)) as published_on_b,
    one.body_words as body_words_a,
    other.body_words as body_words_b,
    duplicates.jaccard_ratio,
    duplicates.containment_ratio,
    duplicates.carried_ratio,
    duplicates.differing_numbers,
    duplicates.evidence,
    duplicate_groups.group_id,
    duplicates.article_id_a,
    duplicates.article_id_b,
    duplicates.container_article_id
from duplicates
join revisions as one on one.article_id = duplicates.article_id_a and one.is_latest
join revisions as other on other.article_id = duplicates.article_id_b and other.is_latest
join articles as article_a on article_a.article_id = duplicates.article_id_a
join articles as article_b on article_b.article_id = duplicates.article_id_b
left join duplicate_groups on duplicate_groups.article_id = duplicates.article_id_a
