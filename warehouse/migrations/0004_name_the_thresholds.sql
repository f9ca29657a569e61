-- Names the thresholds by which each pair, line, membership and interval was decided; unknown for rows of earlier runs.
alter table duplicates add column parameters_version varchar;
alter table look_alikes add column parameters_version varchar;
alter table site_lines add column parameters_version varchar;
alter table story_members add column parameters_version varchar;
alter table text_intervals add column parameters_version varchar;
