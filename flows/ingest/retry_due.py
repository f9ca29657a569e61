"""Tries documents again that an earlier run had too little time or memory for."""

from collections.abc import Iterator

from flows.ingest.run import Run
from flows.ingest.take_in import SHARD_BYTES, SHARD_ROWS, Taken, refine_parts
from warehouse.stage_retries import stage_due
from warehouse.staging.read_documents import read_documents
from warehouse.staging.shard import Part
from warehouse.staging.take_in import take_from_lake


def retry_due(run: Run) -> Taken:
    """Refine the documents whose next try is due, whatever their source."""
    return refine_retries(run, stage_due(run.con, now=run.now))


def refine_retries(run: Run, count: int) -> Taken:
    """Refine what has been chosen to be tried again."""
    run.progress("read", count)
    if count:
        refine_again(run, "retried")
    return Taken(retried_count=count)


def refine_again(run: Run, chosen: str) -> None:
    """Refine the documents of the lake that a table names."""

    def parts() -> Iterator[Part]:
        for rows in read_documents(run.con, chosen, rows=SHARD_ROWS, size_bytes=SHARD_BYTES):
            yield from take_from_lake(run.con, run.staging, rows)

    refine_parts(run, parts())
