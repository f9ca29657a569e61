"""Refines documents of the lake again: for replays, for what a takedown leaves, and those that quarantine holds."""

from dataclasses import dataclass
from datetime import UTC, datetime

from copydesk.flows.ingest.commit_portions import commit_portions
from copydesk.flows.ingest.run import Progress, Run, finish_run, open_run
from copydesk.flows.ingest.stage_source import Taken, refine_parts
from copydesk.flows.ingest.summary import Summary
from copydesk.flows.settings import Settings
from copydesk.transforms.revise import revise
from copydesk.warehouse.delete_articles import delete_articles, name_first_runs
from copydesk.warehouse.read_quarantine import choose_asked, choose_due
from copydesk.warehouse.site_memory.sightings import GoneLines
from copydesk.warehouse.staging.store_new import take_from_lake
from copydesk.warehouse.write_revisions import read_candidates, read_known, write_revisions


def refine_again(run: Run, chosen: str) -> None:
    """Refine the documents of the lake that a table names."""
    refine_parts(run, take_from_lake(run.con, run.staging, chosen))


def write_again(run: Run) -> tuple[list[str], GoneLines]:
    """Take out what was chosen to leave, and write what the portion has of it; return what hangs on both.

    It is which articles were rewritten, and what site memory must settle without them.
    """
    con = run.con
    rewritten, gone_lines = delete_articles(con)
    revised = revise(read_candidates(con), read_known(con))
    write_revisions(
        con, outcomes=revised.outcomes, revisions=revised.revisions, now=run.now, run_id=run.run_id
    )
    name_first_runs(con)
    return rewritten, gone_lines


@dataclass(frozen=True, slots=True)
class Retry:
    """What became of the documents tried; `unread_count` are those that only their source can bring again."""

    summary: Summary
    unread_count: int


def retry_quarantined(
    settings: Settings,
    *,
    reason: str | None = None,
    source: str | None = None,
    now: datetime | None = None,
    progress: Progress = lambda _step, _count: None,
) -> Retry:
    """Take the documents that stand in quarantine, for a reason and of a source, from the lake and refine them.

    Raises LeaseHeldError while another run writes.
    """
    with open_run(settings, flow="retry", now=now or datetime.now(UTC), progress=progress) as run:
        count, unread_count = choose_asked(run.con, reason=reason, source=source)
        with run.watch("try again"):
            taken = _retry(run, count)
        summary = commit_portions(run, sources=(), taken=taken)
        finish_run(run, state=summary.state, summary=summary.as_record())
    return Retry(summary, unread_count)


def retry_due(run: Run) -> Taken:
    """Refine the documents whose next try is due, whatever their source."""
    return _retry(run, choose_due(run.con, now=run.now))


def _retry(run: Run, count: int) -> Taken:
    """Refine what has been chosen to be tried again."""
    run.progress("read", count)
    if count:
        refine_again(run, "retried")
    return Taken(retried_count=count)
