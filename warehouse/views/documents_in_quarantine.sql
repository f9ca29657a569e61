-- One row per document that stands in quarantine: its last refusal, how often it was tried, and whether it is tried again.
with refusals as (
    select
        quarantine.*,
        reason in ('timeout', 'out_of_memory', 'crashed') as is_machines_fault,
        row_number() over (partition by document_id order by quarantined_at desc, run_id desc) as nth_latest
    from quarantine
    semi join (from documents where outcome = 'quarantined') using (document_id)
),

tries as (
    select document_id, count(distinct run_id) filter (is_machines_fault) as tries_count
    from refusals
    group by document_id
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
where nth_latest = 1
