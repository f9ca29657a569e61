-- No copy was published before the one that is named as the first.
select group_id, article_id, first_article_id, hours_after_first, days_after_first
from syndication
where hours_after_first < 0 or days_after_first < 0
