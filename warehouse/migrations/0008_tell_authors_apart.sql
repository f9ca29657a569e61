-- Makes room for organisations among the authors, where authors were read, and whom another place of the page named.
-- Wordings of before hold nothing there; a replay fills them.
alter table revisions add column authors_org VARCHAR[];
alter table revisions add column authors_method VARCHAR;
alter table revisions add column authors_rejected VARCHAR[];
