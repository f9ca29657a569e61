"""Tries documents again that an earlier run had too little time or memory for."""

from flows.ingest.run import Run
from flows.ingest.take_in import Taken, refine_all, work_batches
from warehouse.replay.stage import read_documents
from warehouse.stage_retries import stage_due

READ_ROWS = 500


def retry_due(run: Run) -> Taken:
    """Refine the documents whose next try is due into the intake, whatever their source."""
    return refine_retries(run, stage_due(run.con, now=run.now))


def refine_retries(run: Run, count: int) -> Taken:
    """Refine what has been staged as tried again."""
    run.progress("read", count)
    batches = (part for rows in read_documents(run.con, "retried", READ_ROWS) for part in work_batches(rows))
    refine_all(run, batches)
    return Taken(retried_count=count)
