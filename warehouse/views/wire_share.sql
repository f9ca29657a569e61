-- One row per outlet: how much of it is an agency's (named by it or by who had the same text first), how much another
-- outlet had first, and how much is its own.
with judged as (
    select
        articles_latest.outlet,
        articles_latest.body_words,
        coalesce(syndication.agency, articles_latest.agency) as its_agency,
        its_agency is null and coalesce(not syndication.is_first and syndication.first_outlet <> articles_latest.outlet, false)
            as is_copied
    from articles_latest
    left join syndication on syndication.article_id = articles_latest.article_id
)

select
    outlet,
    count(*) as article_count,
    count(its_agency) as wire_count,
    count(*) filter (is_copied) as copied_count,
    count(*) filter (its_agency is null and not is_copied) as own_count,
    count(its_agency) / count(*) as wire_ratio,
    coalesce(sum(body_words) filter (its_agency is not null) / nullif(sum(body_words), 0), 0) as wire_words_ratio,
    mode(its_agency) as usual_agency
from judged
group by outlet
