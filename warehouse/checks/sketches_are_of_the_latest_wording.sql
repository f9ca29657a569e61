-- Copies are looked for among latest wordings only: a sketch of a superseded one is deleted.
with superseded as (select revision_id from revisions where not is_latest)
select article_id, revision_id, count(*) as sketches_count
from sketches
where revision_id in (select revision_id from superseded)
group by article_id, revision_id
order by article_id
