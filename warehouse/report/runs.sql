-- One row per run, the latest 60 in order of time: how long it took and what it brought.
select * from (
    select run_id, flow, started_at, run_seconds, documents_count, new_count, revised_count, quarantined_count
    from run_history
    where started_at >= $since
    order by started_at desc, run_id
    limit 60
)
order by started_at, run_id
