-- Remembers what was taken down for good, who asked and why, and by hashes alone what must not come back.
create table takedowns (
    takedown_id varchar not null,
    subject varchar not null,
    reason varchar not null,
    asked_by varchar not null,
    taken_down_at timestamp with time zone not null,
    articles_count bigint not null,
    documents_count bigint not null
);
create table tombstones (kind varchar not null, subject_hash varchar not null, takedown_id varchar not null);
