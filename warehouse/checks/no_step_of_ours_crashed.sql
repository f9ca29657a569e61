-- No document stands in quarantine because our own code raised an error on it: that is a mistake to mend, not garbage.
select document_id, origin, step, detail, run_id
from documents_in_quarantine
where reason = 'internal_error'
order by origin, document_id
