"""Tries documents of the quarantine again, now and whatever they were refused for, as one run."""

from dataclasses import dataclass
from datetime import UTC, datetime

from flows.ingest.retry_due import refine_retries
from flows.ingest.run import Progress, finish_run, open_run
from flows.ingest.settle import settle
from flows.ingest.summary import Summary
from flows.settings import Settings
from warehouse.stage_retries import stage_asked


@dataclass(frozen=True, slots=True)
class Retry:
    """What became of the documents tried; `unread_count` are those that only their source can bring again."""

    summary: Summary
    unread_count: int


def retry(
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
        summary = settle(run, sources=(), taken=taken)
        finish_run(run, state=summary.state, summary=summary.as_record())
    return Retry(summary, unread_count)
