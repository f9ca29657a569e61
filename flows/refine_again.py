"""Refines documents of the lake again, and writes what came of it: for retries, replays and what a takedown leaves."""

from copydesk.flows.ingest.run import Run
from copydesk.flows.ingest.take_in import SHARD_BYTES, SHARD_ROWS, refine_parts
from copydesk.transforms.revise import revise
from copydesk.warehouse.replay.take_back import name_first_runs, take_back
from copydesk.warehouse.site_memory.sightings import Forgotten
from copydesk.warehouse.staging.store_new import take_from_lake
from copydesk.warehouse.write_revisions import read_candidates, read_known, write_revisions


def refine_again(run: Run, chosen: str) -> None:
    """Refine the documents of the lake that a table names."""
    parts = take_from_lake(run.con, run.staging, chosen, rows=SHARD_ROWS, size_bytes=SHARD_BYTES)
    refine_parts(run, parts)


def write_again(run: Run) -> tuple[list[str], Forgotten]:
    """Take out what was chosen to leave, and write what the portion has of it; return what hangs on both.

    It is which articles were rewritten, and what site memory must settle without them.
    """
    con = run.con
    rewritten, forgotten = take_back(con)
    revised = revise(read_candidates(con), read_known(con))
    write_revisions(
        con, outcomes=revised.outcomes, revisions=revised.revisions, now=run.now, run_id=run.run_id
    )
    name_first_runs(con)
    return rewritten, forgotten
