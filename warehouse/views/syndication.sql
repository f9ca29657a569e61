-- One row per article in a group of copies: who had the text first, its agency, and how much of it is verbatim.
with members as (
    select
        duplicate_groups.group_id,
        duplicate_groups.article_id,
        duplicate_groups.is_representative as is_first,
        coalesce(revisions.publisher, articles.site) as outlet,
        revisions.title,
        revisions.agency,
        revisions.body_words,
        coalesce(revisions.published_on, cast(revisions.published_at as date)) as published_on,
        articles.first_seen_at
    from duplicate_groups
    join articles on articles.article_id = duplicate_groups.article_id
    join revisions on revisions.article_id = duplicate_groups.article_id and revisions.is_latest
),

-- each edge from both its ends: the shared words are a share of either text
ends as (
    select article_id_a as article_id, article_id_b as other_id, relation, containment_ratio from duplicates
    union all
    select article_id_b, article_id_a, relation, containment_ratio from duplicates
),

shares as (
    select
        members.article_id,
        max(least(1, ends.containment_ratio * least(members.body_words, others.body_words)
            / greatest(members.body_words, 1))) as verbatim_ratio,
        max(ends.relation) filter (others.is_first) as relation_to_first
    from members
    join ends on ends.article_id = members.article_id
    join members as others on others.article_id = ends.other_id and others.group_id = members.group_id
    group by members.article_id
)

select
    members.group_id,
    members.article_id,
    members.outlet,
    members.title,
    members.published_on,
    members.first_seen_at,
    members.is_first,
    first_members.outlet as first_outlet,
    first_members.article_id as first_article_id,
    coalesce(members.agency, first_members.agency) as agency,
    shares.relation_to_first,
    coalesce(shares.verbatim_ratio, 0) as verbatim_ratio,
    count(*) over (partition by members.group_id) as group_article_count,
    date_diff('day', first_members.published_on, members.published_on) as days_after_first
from members
join members as first_members on first_members.group_id = members.group_id and first_members.is_first
left join shares on shares.article_id = members.article_id
