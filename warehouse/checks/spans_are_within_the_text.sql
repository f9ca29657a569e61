-- A span lies within the extracted text and holds exactly the characters that stand there.
select revision_id, start_char, end_char, extracted_chars, length(text) as text_chars
from boilerplate_spans
join revisions using (revision_id)
where start_char < 0
    or end_char <= start_char
    or end_char > extracted_chars
    or length(text) <> end_char - start_char
order by revision_id, start_char
