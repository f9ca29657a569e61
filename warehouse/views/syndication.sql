-- One row per article in a group of copies: who had the text first and how that is known, its agency, how much is verbatim.
with members as (
    select
        duplicate_groups.group_id,
        duplicate_groups.article_id,
        coalesce(revisions.publisher, articles.site) as outlet,
        revisions.title,
        revisions.agency,
        revisions.body_words,
        coalesce(revisions.published_on, cast(revisions.published_at as date)) as published_on,
        coalesce(revisions.published_at, timezone('UTC', revisions.published_local_at)) as told_at,
        -- the clock that shows it: the world's, or that of a source whose zone nobody names
        case when revisions.published_at is null then articles.source_id else '' end as clock,
        articles.first_seen_at
    from duplicate_groups
    join articles on articles.article_id = duplicate_groups.article_id
    join revisions on revisions.article_id = duplicate_groups.article_id and revisions.is_latest
),

days as (
    select *, min(published_on) over (partition by group_id) as first_day
    from members
),

-- a moment before all known ones of the first day belongs to it, whatever its own clock's day is
moments as (
    select
        *,
        if(
            clock = '' and told_at < min(told_at) filter (published_on = first_day and clock = '') over (partition by group_id),
            first_day,
            published_on
        ) as told_on
    from days
),

-- by the first day's times where two who printed on it or more have one, by one clock; by the day where one alone did; else by what was seen first
ranked as (
    select
        *,
        row_number() over (
            partition by group_id order by told_on, told_at, first_seen_at, body_words desc, article_id
        ) as place,
        first_day as first_on,
        min(first_seen_at) over (partition by group_id) as first_seen
    from moments
),

bases as (
    select
        group_id,
        case
            when count(*) filter (told_on = first_on) = 1 then 'day'
            when count(*) filter (told_on = first_on) > 1
                and count(told_at) filter (told_on = first_on) > 1
                and count(distinct clock) filter (told_on = first_on and told_at is not null) = 1
                and count(*) filter (told_on = first_on and told_at = first_at) = 1
                then if(max(clock) filter (told_on = first_on and told_at is not null) = '', 'time', 'local_time')
            when count(*) filter (first_seen_at = first_seen) = 1
                and bool_or(first_seen_at = first_seen and told_on is not distinct from first_on)
                and not coalesce(bool_or(clock = seen_clock and told_at < seen_told_at), false)
                then 'seen'
        end as first_basis
    from (
        select
            *,
            min(told_at) filter (told_on = first_on) over (partition by group_id) as first_at,
            max(told_at) filter (first_seen_at = first_seen) over (partition by group_id) as seen_told_at,
            max(clock) filter (first_seen_at = first_seen) over (partition by group_id) as seen_clock
        from ranked
    )
    group by group_id
),

firsts as (
    select ranked.*, bases.first_basis
    from ranked
    join bases on bases.group_id = ranked.group_id
    qualify row_number() over (
        partition by ranked.group_id
        order by case when bases.first_basis = 'seen' then ranked.first_seen_at end, ranked.place
    ) = 1
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
        max(ends.relation) filter (others.article_id = firsts.article_id and firsts.first_basis is not null)
            as relation_to_first
    from members
    join ends on ends.article_id = members.article_id
    join members as others on others.article_id = ends.other_id and others.group_id = members.group_id
    join firsts on firsts.group_id = members.group_id
    group by members.article_id
)

select
    members.group_id,
    members.article_id,
    members.outlet,
    members.title,
    members.published_on,
    members.first_seen_at,
    firsts.first_basis,
    case when firsts.first_basis is not null then members.article_id = firsts.article_id end as is_first,
    case when firsts.first_basis is not null then firsts.outlet end as first_outlet,
    case when firsts.first_basis is not null then firsts.article_id end as first_article_id,
    coalesce(members.agency, firsts.agency) as agency,
    shares.relation_to_first,
    coalesce(shares.verbatim_ratio, 0) as verbatim_ratio,
    count(*) over (partition by members.group_id) as group_article_count,
    case when firsts.first_basis is not null
        then greatest(date_diff('day', firsts.published_on, members.published_on), 0) end as days_after_first,
    case when firsts.first_basis is not null and members.clock = firsts.clock
        then round(date_diff('minute', firsts.told_at, members.told_at) / 60, 1) end as hours_after_first
from members
join firsts on firsts.group_id = members.group_id
left join shares on shares.article_id = members.article_id
