-- One row per quotation that several articles hold word for word: who says it, and in which articles; not those in
-- lines that site memory has taken out. group_count counts copies of one article once.
with lines as (
    select revision_id, text from boilerplate_spans where rule_id = 'site.line'
),

held as (
    select
        lower(rtrim(quotations.text, ' .,;:!?…–—-')) as words,
        quotations.text,
        quotations.speaker,
        articles_latest.article_id,
        articles_latest.outlet,
        articles_latest.group_id,
        articles_latest.best_day
    from quotations
    join articles_latest on articles_latest.revision_id = quotations.revision_id
    where length(quotations.text) >= 25 and not exists (
        select 1 from lines
        where lines.revision_id = quotations.revision_id and contains(lines.text, quotations.text)
    )
)

select
    min(text) as text,
    mode(speaker) as speaker,
    count(distinct article_id) as article_count,
    count(distinct group_id) as group_count,
    count(distinct outlet) as outlet_count,
    min(best_day) as first_day,
    list(distinct article_id order by article_id) as article_ids
from held
group by words
having min(article_id) <> max(article_id)
