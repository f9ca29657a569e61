-- One row per story of two outlets or more: who had it first, who came next, and on what that rests (first_basis).
-- time: the earliest time, where all whose own first was on the first day or the next state one; day: alone on the first day;
-- seen: nobody is dated, and one was seen before all others; null where it stays open. undated_count: who may be earlier.
with members as (
    select
        story_id,
        article_id,
        outlet,
        title,
        published_at,
        coalesce(published_on, cast(timezone('UTC', published_at) as date)) as told_on,
        first_seen_at,
        min(told_on) over stories as first_on,
        min(told_on) over (partition by story_id, outlet) as outlet_on,
        min(published_at) over stories as first_at,
        min(first_seen_at) over stories as seen_at
    from articles_latest
    where story_id is not null
    window stories as (partition by story_id)
),

judged as (
    select
        story_id,
        count(distinct outlet) as outlet_count,
        count(*) filter (told_on is null) as undated_count,
        case
            when count(distinct outlet) filter (told_on is not null) = 1 then null
            when bool_and(published_at is not null) filter (told_on <= first_on + 1 and told_on = outlet_on)
                then if(count(distinct outlet) filter (published_at = first_at) = 1, 'time', null)
            when count(distinct outlet) filter (told_on = first_on) = 1 then 'day'
            when count(told_on) = 0 and count(distinct outlet) filter (first_seen_at = seen_at) = 1 then 'seen'
        end as first_basis
    from members
    group by story_id
    having count(distinct outlet) > 1
),

ranked as (
    select
        members.*,
        row_number() over by_basis as place,
        first_value(members.outlet) over by_basis as first_outlet
    from members
    join judged on judged.story_id = members.story_id and judged.first_basis is not null
    window by_basis as (
        partition by members.story_id
        order by
            if(judged.first_basis = 'time', published_at, null), told_on, published_at, first_seen_at, article_id
    )
),

firsts as (
    select
        story_id,
        first_outlet,
        min_by(article_id, place) as first_article_id,
        min_by(title, place) as first_title,
        min_by(told_on, place) as first_on,
        min_by(published_at, place) as first_at,
        min_by(outlet, place) filter (outlet <> first_outlet) as next_outlet,
        min_by(told_on, place) filter (outlet <> first_outlet) as next_on,
        min_by(published_at, place) filter (outlet <> first_outlet) as next_at
    from ranked
    group by story_id, first_outlet
)

select
    stories.story_id,
    stories.headline,
    judged.first_basis,
    firsts.first_outlet,
    firsts.first_article_id,
    firsts.first_title,
    firsts.first_on,
    firsts.next_outlet,
    date_diff('day', firsts.first_on, firsts.next_on) as days_ahead,
    if(judged.first_basis = 'time', round(date_diff('minute', firsts.first_at, firsts.next_at) / 60, 1), null)
        as hours_ahead,
    judged.outlet_count,
    judged.undated_count
from judged
join stories on stories.story_id = judged.story_id
left join firsts on firsts.story_id = judged.story_id
