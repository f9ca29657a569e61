-- Body, layout and spans together are as long as the text that was extracted.
with taken as (
    select revision_id, sum(end_char - start_char) as taken_chars
    from boilerplate_spans
    where kind <> 'dateline'
    group by revision_id
)
select
    revision_id,
    article_id,
    extracted_chars,
    body_chars,
    coalesce(taken_chars, 0) as taken_chars
from revisions
left join taken using (revision_id)
where extracted_chars <> body_chars
    + coalesce(taken_chars, 0)
    + coalesce(list_sum(list_transform(layout, lambda edit: length(edit.text) - edit.length_chars)), 0)
order by revision_id
