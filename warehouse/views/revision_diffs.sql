-- One row per wording that followed another of its article: what changed, and the paragraphs that came and went.
-- changes holds headline, dek, body, correction (a note came with it), or boilerplate where nothing else changed.
with steps as (
    select
        later.article_id,
        later.revision_id,
        later.revision_number,
        earlier.revision_id as revision_id_before,
        earlier.last_seen_at as unchanged_until_at,
        later.first_seen_at as changed_by_at,
        earlier.title is distinct from later.title as is_headline,
        earlier.dek is distinct from later.dek as is_dek,
        earlier.body_sha256 <> later.body_sha256 as is_body,
        string_split(earlier.body, chr(10) || chr(10)) as paragraphs_before,
        string_split(later.body, chr(10) || chr(10)) as paragraphs_after,
        later.body_words - earlier.body_words as words_more
    from revisions as later
    join revisions as earlier
        on earlier.article_id = later.article_id and earlier.revision_number = later.revision_number - 1
    where later.revision_number > 1
)

select
    steps.article_id,
    steps.revision_id_before,
    steps.revision_id,
    steps.revision_number,
    steps.unchanged_until_at,
    steps.changed_by_at,
    list_filter(
        [
            if(is_headline, 'headline', null),
            if(is_dek, 'dek', null),
            if(is_body, 'body', null),
            if(noted.revision_id is not null, 'correction', null),
            if(is_headline or is_dek or is_body, null, 'boilerplate')
        ],
        lambda change: change is not null
    ) as changes,
    list_filter(paragraphs_after, lambda each: not list_contains(paragraphs_before, each)) as paragraphs_added,
    list_filter(paragraphs_before, lambda each: not list_contains(paragraphs_after, each)) as paragraphs_removed,
    steps.words_more
from steps
left join (select distinct revision_id from corrections) as noted on noted.revision_id = steps.revision_id
