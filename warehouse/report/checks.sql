-- One row per check that was made last: whether its law holds.
select check_name, severity, is_passed, offenders_count, check_seconds, checked_at
from check_results
where run_id = (select run_id from check_results order by checked_at desc limit 1)
order by is_passed, severity, check_name
