-- One row per source, step and reason: how many documents were refused, and when last.
select
    source_id,
    step,
    reason,
    count(*) as document_count,
    max(quarantined_at) as last_at,
    min(origin) as example_origin,
    min(detail) as example_detail
from quarantine
group by source_id, step, reason
