-- Remembers what each document says of its time; the wordings of an article are put in that order when they are settled again.
alter table documents add column stated_at timestamp with time zone;
insert into articles_to_settle
select article_id, 'its wordings have another order now' from revisions
group by article_id having count(*) > 1 and article_id not in (select article_id from articles_to_settle);
