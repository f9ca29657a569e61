-- Every span names the rule that took it out.
select revision_id, start_char, kind, rule_id
from boilerplate_spans
where trim(rule_id) = ''
order by revision_id, start_char
