-- No title or body has replacement characters, UTF-8 that was read as Latin-1, or control characters
-- (texts of the runs in view).
-- severity: warn
with damaged as (
    select
        revision_id,
        article_id,
        regexp_extract(
            concat_ws(chr(10), title, body),
            '.{0,12}(\x{FFFD}|Ã[\x{80}-\x{BF}]|â(€|\x{80})|Â[\x{A0}-\x{BF}]|[\x00-\x08\x0B\x0C\x0E-\x1F\x7F-\x{9F}]).{0,12}'
        ) as around
    from revisions
    where run_id in (select unnest($runs))
)
select revision_id, article_id, around
from damaged
where around <> ''
order by revision_id
