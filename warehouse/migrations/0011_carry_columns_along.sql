-- Makes room for columns of rows that the user keeps.
alter table documents add column extra varchar;
