-- One row: the size of the warehouse, and of it what came since $since.
select
    (select count(*) from articles) as articles_count,
    (select count(*) from articles where first_seen_at >= $since) as new_count,
    (select count(*) from articles_unique where first_seen_at >= $since) as unique_count,
    (select count(distinct source_id) from articles where first_seen_at >= $since) as sources_count,
    (
        select count(distinct story_id)
        from story_members join articles using (article_id)
        where articles.first_seen_at >= $since
    ) as stories_count,
    (
        select avg((published_on is not null)::int) from articles_latest where first_seen_at >= $since
    ) as dated_ratio,
    (
        select coalesce(sum(end_char - start_char), 0)
        from boilerplate_spans join revisions using (revision_id)
        where kind <> 'dateline' and first_seen_at >= $since
    ) as removed_chars,
    (select coalesce(sum(extracted_chars), 0) from revisions where first_seen_at >= $since) as extracted_chars,
    (select count(*) from quarantine where quarantined_at >= $since) as quarantined_count
