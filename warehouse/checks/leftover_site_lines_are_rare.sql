-- A line that was taken out of articles of a site does not stand in other bodies of that site, nor does a line
-- stand in this many bodies of one site that are no copies of each other (texts of the runs in view).
-- severity: warn
-- threshold: 4
with bodies as materialized (
    select revision_id, article_id, body
    from revisions
    where run_id in (select unnest($runs)) and is_latest
),
lines as (
    select revision_id, articles.article_id, site, trim(unnest(string_split(body, chr(10)))) as line
    from bodies
    join articles on articles.article_id = bodies.article_id
),
-- Most lines stand once; their hashes are small enough to be counted, the lines themselves are not.
repeated_hashes as (
    select hash(site, line) as line_hash
    from lines
    where length(line) between 12 and 400
    group by line_hash
    having count(*) >= 2
),
repeated as (
    select
        site,
        line,
        count(distinct coalesce(group_id, lines.article_id)) as bodies_count,
        min(revision_id) as for_example
    from lines
    left join duplicate_groups on duplicate_groups.article_id = lines.article_id
    where length(line) between 12 and 400 and hash(site, line) in (select line_hash from repeated_hashes)
    group by site, line
),
spans as materialized (
    select revision_id, text
    from boilerplate_spans
    where action = 'drop' and run_id in (select unnest($runs))
),
taken as (
    select distinct site, line
    from (select revision_id, trim(unnest(string_split(text, chr(10)))) as line from spans)
    join revisions using (revision_id)
    join articles using (article_id)
    where length(line) between 12 and 400
)
select site, line, bodies_count, for_example, taken.line is not null as is_taken_elsewhere
from repeated
left join taken using (site, line)
where bodies_count >= $threshold or (bodies_count >= 2 and taken.line is not null)
order by bodies_count desc, site, line
