-- Copies are looked for among latest wordings only: a sketch of a superseded one is deleted.
with sketched as (select article_id, revision_id from sketches group by all)
select sketched.article_id, sketched.revision_id
from sketched
join revisions using (revision_id)
where not is_latest or sketched.article_id <> revisions.article_id
order by sketched.article_id
