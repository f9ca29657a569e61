"""Writes what a run learned of its sources: health, watermarks, addresses, robots.txt."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from copydesk.flows.ingest.choose_sources import AnySource
from copydesk.flows.ingest.file_source import FileSource
from copydesk.flows.ingest.run import Run
from copydesk.flows.sources.items import SourceHealth, SourceReport, Watermark
from copydesk.flows.sources.source import Source
from copydesk.schemas.staged import STATE_TABLES
from copydesk.transforms.redact import redact_url
from copydesk.warehouse.source_memory import read_source_counts
from copydesk.warehouse.staging.portions import newest_states
from copydesk.warehouse.write_table import replace_rows

Row = dict[str, Any]


def write_sources(
    run: Run,
    sources: Sequence[AnySource],
    reports: Sequence[SourceReport],
    *,
    is_last: bool,
) -> None:
    """Write the rows of sources and their source_runs up to here, and with the last portion of a run its watermarks."""
    reported = {report.source_id: report for report in reports}
    for source in sources:
        if isinstance(source, FileSource) and source.source_id not in reported:
            reported[source.source_id] = _file_report(run, source)
    listed = [each for source in sources for each in _listed(source)]
    rows = [
        _source_row(each, reported[each.source_id].health) for each in listed if each.source_id in reported
    ]
    marks = [asdict(mark) for report in reported.values() for mark in report.watermarks]
    _write(run, "sources", rows)
    _write(run, "source_runs", [_run_row(report) for report in reported.values()])
    if is_last:
        _write(run, "watermarks", marks)


def write_states(run: Run, names: Sequence[str]) -> None:
    """Write the states of the network that came with a portion, for some sources."""
    for table in STATE_TABLES:
        rows = newest_states(run.con, table, names)
        _write(run, table, rows.to_pylist())


def _listed(source: AnySource) -> Sequence[Source]:
    return [source.listed] if isinstance(source, FileSource) else source.listed


def _file_report(run: Run, source: FileSource) -> SourceReport:
    """Report a source on disk, from the documents that this run wrote of it."""
    counts = read_source_counts(run.con, source.source_id, run.run_id)
    health = SourceHealth(
        source.source_id,
        last_attempt_at=run.now,
        last_success_at=run.now,
        last_new_article_at=counts["last_new_at"],
        entries_seen_count=len(source.files),
    )
    return SourceReport(
        source.source_id,
        run.now,
        run.now,
        "done",
        health,
        entries_seen_count=len(source.files),
        entries_new_count=counts["document_count"],
        documents_count=counts["document_count"],
        refused_count=counts["refused_count"],
        watermarks=(Watermark(source.source_id, "", run.now),),
    )


def _source_row(source: Source, health: SourceHealth) -> Row:
    return asdict(health) | {
        "kind": source.kind,
        "url": source.url and redact_url(source.url),
        "path": source.path,
        "language": source.language,
        "licence": source.licence,
        "schedule": source.schedule,
        "is_enabled": source.is_enabled,
    }


def _run_row(report: SourceReport) -> Row:
    row = asdict(report)
    del row["health"], row["watermarks"]
    return row | {"warnings": list(report.warnings)}


def _write(run: Run, name: str, rows: list[Row]) -> None:
    replace_rows(run.con, name, [row | {"run_id": run.run_id} for row in rows])
