-- A pair of copies names the smaller identifier first, and one that contains the other says which.
select article_id_a, article_id_b, relation, container_article_id
from duplicates
where article_id_a >= article_id_b
    or (relation = 'contains') <> (container_article_id is not null)
    or container_article_id not in (article_id_a, article_id_b)
order by article_id_a, article_id_b
