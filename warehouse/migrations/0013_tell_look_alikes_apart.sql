-- Keeps the facts by which stories tell look-alikes apart.
alter table story_features add column facts bigint[];
