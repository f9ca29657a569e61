-- Records each migration in the lake; the hash of the definitions moves to the catalog, beside the form's number.
create table schema_migrations (
    number integer not null,
    name varchar not null,
    applied_at timestamp with time zone not null,
    copydesk_version varchar not null
);
drop table schema_fingerprint;
