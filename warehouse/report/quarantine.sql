-- One row per step and reason: what was not accepted, with an example.
select
    step,
    reason,
    count(*) as documents_count,
    any_value(source_id order by quarantined_at desc) as source_id,
    any_value(origin order by quarantined_at desc) as origin,
    any_value(detail order by quarantined_at desc) as detail
from documents_in_quarantine
where quarantined_at >= $since
group by step, reason
order by documents_count desc, step, reason
