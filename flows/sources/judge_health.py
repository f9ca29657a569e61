"""Enters: what is known of a source, and how its run went. Leaves: its report with its health, and what to warn of."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from copydesk.flows.sources.items import SourceHealth, SourceReport, Watermark

SILENT_AFTER_INTERVALS = 5.0
LEAST_INTERVAL_SECONDS = 3_600.0
"""A source that is run every minute is not silent after five."""

LEAST_ALIKE_PAGES = 3
_NEW_WEIGHT = 0.25
_REPORTED = (
    "entries_seen_count", "entries_new_count", "documents_count", "unchanged_count", "refused_count", "failed_count",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Finding:
    """How a run of a source went: `error` ("reason: detail") null for a success, counts as in source_runs."""

    now: datetime
    error: str | None
    counts: Counter[str]
    has_full_listing: bool = False
    has_trusted_validators: bool = True
    fingerprints: Counter[str] = field(default_factory=Counter)


def report_run(
    before: SourceHealth,
    finding: Finding,
    *,
    outcome: str,
    started_at: datetime,
    is_backfill: bool,
    warnings: Sequence[str] = (),
    watermarks: Sequence[Watermark] = (),
    **cost: int,
) -> SourceReport:
    """Return the report of a run; a back-fill leaves the health as it was. `cost` is requests and bytes."""
    health, silent = judge_health(before, finding)
    reason, _, detail = (finding.error or "").partition(": ")
    return SourceReport(
        before.source_id, started_at, finding.now, outcome, before if is_backfill else health,
        reason=reason or None, detail=detail or None, is_backfill=is_backfill,
        warnings=(*warnings, *silent), watermarks=tuple(watermarks),
        **cost, **{name: finding.counts[name] for name in _REPORTED},
    )  # fmt: skip


def judge_health(before: SourceHealth, finding: Finding) -> tuple[SourceHealth, list[str]]:
    """Return the health after the run, and a sentence for each way in which the source has gone silent."""
    now = finding.now
    health = replace(
        before,
        last_attempt_at=now,
        last_error=finding.error,
        has_trusted_validators=before.has_trusted_validators and finding.has_trusted_validators,
    )
    if finding.error is not None:
        failures = before.failures_in_row_count + 1
        return replace(health, failures_in_row_count=failures), []
    health = replace(health, failures_in_row_count=0, last_success_at=now)
    if finding.has_full_listing:
        health = replace(health, entries_seen_count=finding.counts.get("entries_seen_count", 0))
    if finding.counts.get("documents_count", 0) and finding.counts.get("entries_new_count", 0):
        interval = _interval(before, now)
        health = replace(health, last_new_article_at=now, usual_interval_seconds=interval)
    warnings = _warnings(health, finding)
    return replace(health, is_silent=bool(warnings)), warnings


def _interval(before: SourceHealth, now: datetime) -> float | None:
    """Move the mean time between news a quarter of the way to the last one."""
    if before.last_new_article_at is None:
        return None
    gap = (now - before.last_new_article_at).total_seconds()
    usual = before.usual_interval_seconds
    return gap if usual is None else usual + _NEW_WEIGHT * (gap - usual)


def _warnings(health: SourceHealth, finding: Finding) -> list[str]:
    name, warnings = health.source_id, []
    if finding.has_full_listing and not health.entries_seen_count:
        warnings.append(f"{name} is silent: it lists 0 entries")
    usual = health.usual_interval_seconds
    if usual is not None and health.last_new_article_at is not None:
        usual = max(usual, LEAST_INTERVAL_SECONDS)
        quiet = (finding.now - health.last_new_article_at).total_seconds()
        if quiet > SILENT_AFTER_INTERVALS * usual:
            warnings.append(
                f"{name} is silent: nothing new for {quiet / 3600:.0f} hours, usually every {usual / 3600:.0f}"
            )
    pages = finding.fingerprints.total()
    if pages >= LEAST_ALIKE_PAGES and len(finding.fingerprints) == 1:
        warnings.append(f"{name} gives the same page for {pages} addresses: a wall, or an error page")
    return warnings
