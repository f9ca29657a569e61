-- Writes every address in its one normal form, and marks the articles whose identity follows from it otherwise.
-- The next run settles the marked articles again, as a replay of their documents.
create table article_aliases (
    alias_article_id varchar not null,
    article_id varchar not null,
    canonical_url varchar,
    settled_at timestamp with time zone not null,
    run_id varchar not null
);
create table articles_to_settle (article_id varchar not null, reason varchar not null);

update documents
set url = nullif(normal_url(url), ''), carrier_url = nullif(without_secrets(url), normal_url(url))
where url is not null and normal_url(url) <> url;

insert into articles_to_settle
with addressed as (
    select
        article_id,
        article_id = article_of_address_in_form_1(canonical_url) as is_by_address,
        nullif(article_of_address(canonical_url), '') as article_id_now
    from articles
    where canonical_url is not null
),
moving as (
    select article_id, article_id_now
    from addressed
    where if(is_by_address, article_id_now is distinct from article_id, article_id_now is not null)
)
select article_id, 'its address is written otherwise now' as reason from moving
union all
select article_id, 'the address of another article is its own now'
from articles
where article_id in (select article_id_now from moving)
    and article_id not in (select article_id from moving);

create or replace temp table respelled as
-- one row per page that was asked for; place 1 is the spelling that was asked for last
select source_id, url, normal_url(url) as normal,
    row_number() over (partition by source_id, normal_url(url) order by fetched_at desc nulls last, url) as place
from url_states
where role = 'page' and not contains(url, '#') and normal_url(url) <> '';
delete from url_states
where role = 'page' and exists (
    select 1 from respelled
    where respelled.source_id = url_states.source_id and respelled.url = url_states.url and place > 1
);
update url_states set url = respelled.normal
from respelled
where respelled.source_id = url_states.source_id and respelled.url = url_states.url and respelled.normal <> url_states.url;
