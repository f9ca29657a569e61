-- No character is taken out twice (spans of the runs in view).
with ordered as (
    select
        revision_id,
        start_char,
        end_char,
        max(end_char) over (
            partition by revision_id
            order by start_char, end_char
            rows between unbounded preceding and 1 preceding
        ) as end_before
    from boilerplate_spans
    where run_id in (select unnest($runs))
)
select revision_id, start_char, end_char, end_before
from ordered
where start_char < end_before
order by revision_id, start_char
