-- Keeps times whose zone nobody names, the zone that the user says, and the day of what is quarantined.
alter table documents add column timezone varchar;
alter table revisions add column published_local_at timestamp;
alter table quarantine add column published_on date;
