-- Of a run's documents, less than this share is quarantined (runs of 20 documents or more, the latest ten).
-- severity: warn
-- threshold: 0.2
with latest as (
    select * from runs where documents_count >= 20 order by started_at desc limit 10
)
select
    run_id,
    documents_count,
    quarantined_count,
    round(quarantined_count / documents_count, 3) as quarantined_ratio
from latest
where quarantined_count / documents_count > $threshold
order by started_at desc
