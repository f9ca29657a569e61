-- One row per line that a site repeats: verdict, reason, how many articles carry it, and when it was seen first and last.
select
    site_lines.site,
    site_lines.place,
    site_lines.line,
    site_lines.verdict,
    site_lines.reason,
    site_lines.article_count,
    site_lines.witness_count,
    min(revisions.first_seen_at) as first_seen_at,
    max(revisions.last_seen_at) as last_seen_at
from site_lines
join site_sightings using (line_hash)
join revisions on revisions.revision_id = site_sightings.revision_id
group by all
