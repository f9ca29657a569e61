-- The snapshot that each run made: the number by which `at (version => ...)` and `changed_articles` go back to it.
run_snapshots() as table
select runs.run_id, runs.flow, runs.started_at, made.snapshot_id, made.snapshot_time
from runs
asof left join (select snapshot_id, snapshot_time from snapshots()) as made
    on made.snapshot_time >= runs.finished_at
order by runs.started_at
