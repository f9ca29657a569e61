-- One row per run that changed the tables: what it read, what came of it, and how long it took.
select
    run_id,
    flow,
    started_at,
    date_diff('millisecond', started_at, finished_at) / 1000 as run_seconds,
    sources,
    documents_count,
    known_count,
    new_count,
    revised_count,
    unchanged_count,
    quarantined_count,
    removed_chars,
    outcome,
    versions,
    notes
from runs
