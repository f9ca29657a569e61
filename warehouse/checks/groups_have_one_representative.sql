-- Every group of copies has two members or more and exactly one that stands for it.
select group_id, count(*) as members_count, count(*) filter (is_representative) as representatives_count
from duplicate_groups
group by group_id
having count(*) < 2 or count(*) filter (is_representative) <> 1
order by group_id
