-- No story holds more than this share of all articles (and more than 200), nor do more than ten votes span a
-- quarter of a year: such a story has become a drawer for what is merely alike.
-- severity: warn
-- threshold: 0.05
with everything as (select count(*) as articles_count from story_members)
select story_id, headline, article_count, vote_count, source_count, first_seen_at, last_seen_at
from stories, everything
where article_count > greatest(200, $threshold * articles_count)
    or (vote_count > 10 and last_seen_at - first_seen_at > interval 92 days)
order by article_count desc, story_id
