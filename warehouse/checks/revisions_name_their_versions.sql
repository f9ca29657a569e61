-- Every wording says by which code, extractor, rules and parameters it was made.
select revision_id, article_id, versions::varchar as versions
from revisions
where versions is null
    or versions.copydesk is null
    or versions.extractor is null
    or versions.rules is null
    or versions.parameters is null
order by revision_id
