-- One row per group of copies, and per article without copies: the representative's latest wording.
select *
from articles_latest
where is_representative
