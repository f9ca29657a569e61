-- Documents = new + revised + unchanged + quarantined, in every run, by its own count and by the rows, failed tries too.
with counted as (
    select
        run_id,
        count(*) as documents_count,
        count(*) filter (outcome = 'new') as new_count,
        count(*) filter (outcome = 'revised') as revised_count,
        count(*) filter (outcome = 'unchanged') as unchanged_count,
        count(*) filter (outcome = 'quarantined') as quarantined_count
    from document_outcomes
    group by run_id
)
select
    runs.run_id,
    runs.documents_count,
    coalesce(counted.documents_count, 0) as rows_count,
    runs.new_count,
    runs.revised_count,
    runs.unchanged_count,
    runs.quarantined_count
from runs
left join counted using (run_id)
where runs.documents_count
        <> runs.new_count + runs.revised_count + runs.unchanged_count + runs.quarantined_count
    or runs.documents_count <> coalesce(counted.documents_count, 0)
    or runs.new_count <> coalesce(counted.new_count, 0)
    or runs.revised_count <> coalesce(counted.revised_count, 0)
    or runs.unchanged_count <> coalesce(counted.unchanged_count, 0)
    or runs.quarantined_count <> coalesce(counted.quarantined_count, 0)
order by runs.started_at
