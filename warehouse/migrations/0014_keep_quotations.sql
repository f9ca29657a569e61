-- Makes room for what is quoted and who says it. Wordings of before have none there; a replay fills them.
create table quotations (
    revision_id varchar not null,
    position integer not null,
    "text" varchar not null,
    speaker varchar,
    evidence varchar,
    run_id varchar not null
);
