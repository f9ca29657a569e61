-- The wording of each article that stood at a moment, as far as it had been seen by then.
wordings_as_of(moment) as table
select revisions.*
from revisions
where first_seen_at <= moment
qualify row_number() over (partition by article_id order by revision_number desc) = 1
