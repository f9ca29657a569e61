-- A document either carries the wording of an article, or stands in quarantine with a reason.
select document_id, origin, outcome, article_id, revision_id
from documents
where (outcome = 'quarantined' and document_id not in (select document_id from quarantine))
    or (outcome = 'quarantined') <> (article_id is null)
    or (outcome = 'quarantined') <> (revision_id is null)
order by document_id
