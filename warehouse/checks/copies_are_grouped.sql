-- Two articles that are copies of each other stand in the same group.
select d.article_id_a, d.article_id_b, d.relation, a.group_id as group_id_a, b.group_id as group_id_b
from duplicates as d
left join duplicate_groups as a on a.article_id = d.article_id_a
left join duplicate_groups as b on b.article_id = d.article_id_b
where a.group_id is null or b.group_id is null or a.group_id <> b.group_id
order by d.article_id_a, d.article_id_b
