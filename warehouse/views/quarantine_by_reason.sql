-- One row per source, step and reason: how many documents stand in quarantine, and since when the last.
select
    source_id,
    step,
    reason,
    count(*) as document_count,
    max(quarantined_at) as last_at,
    min(origin) as example_origin,
    min(detail) as example_detail
from documents_in_quarantine
group by source_id, step, reason
