-- An article is one page: fewer than this many titles came from so many addresses of its own site under one canonical link.
-- severity: warn
-- threshold: 3 (a template that gives many pages one link; name it to us, or leave the link out at its source)
select
    articles.article_id,
    articles.source_id,
    articles.canonical_url,
    count(distinct documents.url) as addresses_count,
    count(distinct revisions.title) as titles_count
from articles
join documents using (article_id)
join revisions on revisions.revision_id = documents.revision_id
where documents.url <> articles.canonical_url
group by articles.article_id, articles.source_id, articles.canonical_url
having count(distinct documents.url) >= $threshold and count(distinct revisions.title) >= $threshold
order by titles_count desc, articles.article_id
