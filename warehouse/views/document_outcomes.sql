-- One row per document and run that decided on it: the outcome that stands, and each earlier try that failed.
select run_id, document_id, outcome from documents
union all
select distinct quarantine.run_id, quarantine.document_id, 'quarantined'
from quarantine
join documents using (document_id)
join runs on runs.run_id = quarantine.run_id
where quarantine.run_id <> documents.run_id and runs.flow <> 'replay'
