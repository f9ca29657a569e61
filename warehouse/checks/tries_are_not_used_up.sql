-- No document was given up for want of time or memory: `copydesk quarantine --retry` tries them again.
-- severity: warn
select document_id, origin, step, reason, detail, tries_count
from documents_in_quarantine
where state = 'final'
order by origin, document_id
