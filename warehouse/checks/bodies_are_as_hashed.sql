-- The hash and the length that stand beside a body are those of the body (texts of the runs in view).
select revision_id, article_id, body_chars, length(body) as found_chars
from revisions
where run_id in (select unnest($runs))
    and (body_sha256 <> sha256(body) or body_chars <> length(body))
order by revision_id
