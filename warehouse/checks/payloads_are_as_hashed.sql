-- The hash and the size that stand beside a payload are those of the payload (documents of the runs in view).
select document_id, origin, payload_bytes, octet_length(payload) as found_bytes
from documents
where run_id in (select unnest($runs))
    and (payload_sha256 <> sha256(payload) or payload_bytes <> octet_length(payload))
order by document_id
