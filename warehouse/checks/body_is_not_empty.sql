-- Every wording has words: a document without any belongs into quarantine.
select revision_id, article_id, body_words, body_chars
from revisions
where body_words = 0 or body_chars = 0
order by revision_id
