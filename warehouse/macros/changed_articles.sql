-- What became of wordings after one snapshot and up to another: new, reworded, recleaned or withdrawn, by article.
changed_articles(from_snapshot, to_snapshot) as table
with changes as (
    select
        article_id,
        revision_id,
        revision_number,
        title,
        body_sha256,
        snapshot_id,
        change_type in ('delete', 'update_preimage') as is_before
    from table_changes('revisions', from_snapshot + 1, to_snapshot)
),
wordings as (
    select
        article_id,
        revision_id,
        any_value(revision_number) as revision_number,
        max_by(title, snapshot_id) as title,
        min_by(body_sha256, snapshot_id) filter (is_before) as hash_before,
        max_by(body_sha256, snapshot_id) filter (not is_before) as hash_after,
        coalesce(
            min(snapshot_id) filter (is_before) <= min(snapshot_id) filter (not is_before),
            bool_or(is_before)
        ) as was_there,
        coalesce(
            max(snapshot_id) filter (not is_before) >= max(snapshot_id) filter (is_before),
            bool_or(not is_before)
        ) as is_there
    from changes
    group by article_id, revision_id
),
judged as (
    select
        *,
        case
            when is_there and not was_there and revision_number = 1 then 'new'
            when is_there and not was_there then 'reworded'
            when was_there and not is_there then 'withdrawn'
            when hash_before <> hash_after then 'recleaned'
        end as change
    from wordings
)
select article_id, change, max_by(title, revision_number) as title, count(*) as wordings_count
from judged
where change is not null
group by article_id, change
order by article_id, change
