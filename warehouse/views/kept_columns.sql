-- One row per document and column that was kept of its row (`--keep`): the name and the value, as text.
select document_id, article_id, revision_id, source_id, origin, line, kept.key as column_name,
    coalesce(extra ->> kept.key, '') as value
from documents, unnest(json_keys(extra)) as kept (key)
where extra is not null
