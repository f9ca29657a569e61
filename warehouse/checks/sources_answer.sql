-- No source fails again and again, has fallen silent, or was never read to its end.
-- severity: warn
-- threshold: 3 (failed runs in a row)
select source_id, failures_in_row_count, is_silent, last_success_at, last_error
from sources
where is_enabled
    and (failures_in_row_count >= $threshold or is_silent or (last_attempt_at is not null and last_success_at is null))
order by source_id
