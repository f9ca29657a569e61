-- A body with its layout undone and its spans put back is the extracted text, character for character
-- (texts of the runs in view; lengths_add_up looks at all).
with texts as (
    select
        revision_id,
        article_id,
        extracted_sha256,
        list_transform(layout, lambda edit, i: substr(
            body,
            if(i = 1, 0, layout[i - 1].at_char + layout[i - 1].length_chars) + 1,
            edit.at_char - if(i = 1, 0, layout[i - 1].at_char + layout[i - 1].length_chars)
        ) || edit.text).array_to_string('')
            || substr(body, coalesce(layout[-1].at_char + layout[-1].length_chars, 0) + 1) as kept
    from revisions
    where run_id in (select unnest($runs))
),
placed as (
    select
        revision_id,
        start_char,
        end_char,
        text,
        lag(end_char, 1, 0) over in_text as end_before,
        coalesce(sum(end_char - start_char) over (in_text rows between unbounded preceding and 1 preceding), 0)
            as taken_before
    from boilerplate_spans
    where kind <> 'dateline' and revision_id in (select revision_id from texts)
    window in_text as (partition by revision_id order by start_char)
),
spans as (
    select
        revision_id,
        list({
            'kept_at': end_before - taken_before,
            'kept_chars': start_char - end_before,
            'kept_next': start_char - taken_before,
            'text': text
        } order by start_char) as spans
    from placed
    group by revision_id
)
select revision_id, article_id
from texts
left join spans using (revision_id)
where extracted_sha256 <> sha256(
    coalesce(
        list_transform(spans, lambda span: substr(kept, (span.kept_at + 1)::bigint, span.kept_chars::bigint) || span.text)
            .array_to_string(''),
        ''
    ) || substr(kept, coalesce(spans[-1].kept_next, 0)::bigint + 1)
)
order by revision_id
