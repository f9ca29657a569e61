-- Keeps a short key of every line, and sightings of those lines alone whose key two articles of a site share.
create table site_keys (
    key_hash ubigint not null,
    revision_id varchar not null,
    article_id varchar not null,
    run_id varchar not null
);

create or replace temp table keyed_lines as
-- one row per paragraph, also of those that site memory took out, with the key of today's transforms/site_memory/line_keys.py
with paragraphs as (
    select revision_id, article_id, run_id, unnest(string_split(body, chr(10) || chr(10))) as line from revisions
    union all
    select revision_id, article_id, revisions.run_id, boilerplate_spans.text
    from boilerplate_spans
    join revisions using (revision_id)
    where rule_id = 'site.line'
),
keyed as materialized (
    select revision_id, article_id, paragraphs.run_id, site, line, line_key_of(line) as line_key
    from paragraphs
    join articles using (article_id)
)
select
    revision_id,
    article_id,
    run_id,
    site,
    line,
    (md5_number_lower(site) & 16777215) << 40 | line_key::ubigint as key_hash
from keyed
where line_key <> '';

insert into site_keys by name
select distinct key_hash, revision_id, article_id, run_id from keyed_lines order by key_hash, revision_id;

create or replace temp table shared_lines as
-- one row per line of a revision, at any place, whose key two articles share
with shared as (
    select key_hash from keyed_lines group by key_hash having min(article_id) <> max(article_id)
)
select revision_id, unnest(string_split(line_hashes_of(site, line), ' '))::ubigint as line_hash
from keyed_lines
semi join shared using (key_hash);

delete from site_sightings
where not exists (
    select 1 from shared_lines
    where shared_lines.revision_id = site_sightings.revision_id and shared_lines.line_hash = site_sightings.line_hash
);
