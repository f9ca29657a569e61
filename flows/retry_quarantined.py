"""Tries documents again: those in quarantine that a user asks for, and those that lacked time or memory."""

from dataclasses import dataclass
from datetime import UTC, datetime

from copydesk.flows.ingest.commit_portions import commit_portions
from copydesk.flows.ingest.run import Progress, Run, finish_run, open_run
from copydesk.flows.ingest.summary import Summary
from copydesk.flows.ingest.take_in import Taken
from copydesk.flows.refine_again import refine_again
from copydesk.flows.settings import Settings
from copydesk.warehouse.read_quarantine import stage_asked, stage_due


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
        count, unread_count = stage_asked(run.con, reason=reason, source=source)
        with run.watch("try again"):
            taken = refine_retries(run, count)
        summary = commit_portions(run, sources=(), taken=taken)
        finish_run(run, state=summary.state, summary=summary.as_record())
    return Retry(summary, unread_count)


def retry_due(run: Run) -> Taken:
    """Refine the documents whose next try is due, whatever their source."""
    return refine_retries(run, stage_due(run.con, now=run.now))


def refine_retries(run: Run, count: int) -> Taken:
    """Refine what has been chosen to be tried again."""
    run.progress("read", count)
    if count:
        refine_again(run, "retried")
    return Taken(retried_count=count)
