-- One row per document that stands in quarantine: its last refusal, how often it was tried, and whether it is tried again.
-- A place that could not be read or fetched stands here until it has brought something good.
with refusals as (
    select
        quarantine.*,
        documents.url,
        reason in ('timeout', 'out_of_memory', 'crashed') as is_machines_fault,
        row_number() over (partition by document_id order by quarantined_at desc, quarantine.run_id desc) as nth_latest
    from quarantine
    join (select document_id, url from documents where outcome = 'quarantined') as documents using (document_id)
),

tries as (
    select document_id, count(distinct run_id) filter (is_machines_fault) as tries_count
    from refusals
    group by document_id
),

unread as (
    select document_id, source_id, origin, line, url, reason, quarantined_at
    from refusals
    where nth_latest = 1 and step in ('read', 'fetch')
),

mended as (
    select unread.document_id
    from unread
    join documents on documents.source_id = unread.source_id and documents.origin = unread.origin
    where documents.outcome <> 'quarantined'
        and documents.fetched_at > unread.quarantined_at
        and (unread.line is null or unread.line = documents.line)
    union
    select unread.document_id
    from unread
    semi join documents on documents.source_id = unread.source_id
        and (unread.origin = '.' or starts_with(documents.origin, unread.origin || '/'))
        and documents.fetched_at > unread.quarantined_at
    where unread.reason = 'unreadable_folder'
    union
    select unread.document_id
    from unread
    join url_states on url_states.source_id = unread.source_id
        and url_states.url = if(contains(unread.origin, '#'), unread.origin, coalesce(unread.url, unread.origin))
    where url_states.outcome in ('stored', 'unchanged') and url_states.fetched_at > unread.quarantined_at
)

select
    document_id,
    source_id,
    origin,
    line,
    step,
    reason,
    detail,
    quarantined_at,
    run_id,
    case when not is_machines_fault then 'refused' when tries_count >= 3 then 'final' else 'waits' end as state,
    greatest(tries_count, 1) as tries_count,
    if(
        is_machines_fault and tries_count < 3,
        quarantined_at + if(tries_count > 1, interval 15 minutes, interval 0 minutes),
        null
    ) as next_try_at
from refusals
join tries using (document_id)
anti join mended using (document_id)
where nth_latest = 1
