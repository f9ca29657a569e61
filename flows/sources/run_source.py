"""Run one source from its listing to its report, whatever happens on the way."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import datetime
from traceback import format_exception

from copydesk.flows.fetch.errors import FetchError
from copydesk.flows.read.raw_document import Refused
from copydesk.flows.sources.acquire_feed import acquire_feed
from copydesk.flows.sources.acquire_sitemap import acquire_sitemap
from copydesk.flows.sources.acquire_urls import acquire_urls
from copydesk.flows.sources.items import Item, SourceHealth, SourceReport, Watermark
from copydesk.flows.sources.judge_health import Finding, report_run
from copydesk.flows.sources.source_run import SourceError, SourceRun
from copydesk.schemas.enums import SourceKind
from copydesk.schemas.reasons import Reason
from copydesk.transforms.redact import redact

MAX_KEPT_BYTES = 5_000_000
"""What is kept of a listing that could not be read: enough to see what it was."""

ACQUIRERS: dict[str, Callable[[SourceRun], Awaitable[bool]]] = {
    SourceKind.FEED: acquire_feed,
    SourceKind.SITEMAP: acquire_sitemap,
    SourceKind.URLS: acquire_urls,
}
"""What brings in a source of each fetched kind, and says whether it is as it was."""

_LOG = logging.getLogger(__name__)


async def run_source(run: SourceRun) -> None:
    """Bring in a source. Its own failure becomes a report and a refusal, never another source's trouble."""
    started_at = run.clock()
    try:
        with run.files:
            is_unchanged = await ACQUIRERS[run.source.kind](run)
    except (FetchError, SourceError) as error:
        await _fail(run, started_at, error.reason, error.detail, getattr(error, "payload", None))
    except Exception as error:  # noqa: BLE001 our own faults, too, are one source's trouble
        _LOG.error("source %s: %s", run.source.source_id, redact("".join(format_exception(error))))
        await _fail(run, started_at, Reason.INTERNAL_ERROR, f"{type(error).__name__}: {error}", None)
    else:
        await _succeed(run, started_at, is_unchanged=is_unchanged)


async def _succeed(run: SourceRun, started_at: datetime, *, is_unchanged: bool) -> None:
    is_partial = run.is_cut or run.counts["failed_parts"] > 0
    quiet = is_unchanged and not run.counts["documents_count"]
    outcome = "partial" if is_partial else "unchanged" if quiet else "done"
    if undated := run.counts["undated"]:
        run.warnings.append(f"{undated} entries bear no date, so the back-fill left them out")
    marks = () if is_partial or run.period.is_bounded else (Watermark(run.source.source_id, "", started_at),)
    await run.hand_over([await _report(run, started_at, outcome, marks)])


async def _fail(
    run: SourceRun, started_at: datetime, reason: Reason, detail: str, payload: bytes | None
) -> None:
    source = run.source
    where = source.url or source.path or source.source_id
    run.counts["refused_count"] += 1
    payload = payload[:MAX_KEPT_BYTES] if payload is not None else None
    refusal = Refused(
        source.source_id, where, reason, detail, run.clock(), payload=payload, step="fetch", url=source.url
    )
    report = await _report(run, started_at, "failed", (), f"{reason}: {detail}")
    items: list[Item] = [refusal, report]
    await run.hand_over(items, size_bytes=len(payload or b""))


async def _report(
    run: SourceRun,
    started_at: datetime,
    outcome: str,
    watermarks: tuple[Watermark, ...],
    error: str | None = None,
) -> SourceReport:
    source_id, now = run.source.source_id, run.clock()
    before = await asyncio.to_thread(run.memory.health, source_id) or SourceHealth(source_id)
    finding = Finding(
        now, error, run.counts, run.has_full_listing, run.has_trusted_validators, run.fingerprints
    )
    return report_run(
        before,
        finding,
        outcome=outcome,
        started_at=started_at,
        is_backfill=run.period.is_bounded,
        warnings=run.warnings,
        watermarks=watermarks,
        requests_count=run.tally.requests_count,
        received_bytes=run.tally.received_bytes,
    )
