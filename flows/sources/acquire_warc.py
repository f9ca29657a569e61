"""WARC files: the HTML that a crawler stored, record by record, each file once and grown ones from where we stood."""

import os
from collections import Counter
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from copydesk.flows.fetch.address import is_web_address
from copydesk.flows.fetch.errors import FetchError
from copydesk.flows.fetch.fetch_settings import FetchSettings
from copydesk.flows.read.raw_document import RawDocument, Refused
from copydesk.flows.read.read_row import Carrier
from copydesk.flows.read.read_warc import captured_at, read_record
from copydesk.flows.read.warc_records import WarcBlock, WarcFault, warc_records
from copydesk.flows.sources.items import Item, SourceHealth, SourceReport, Watermark
from copydesk.flows.sources.judge_health import Finding, report_run
from copydesk.flows.sources.memory import Memory
from copydesk.flows.sources.source import Period, Source
from copydesk.flows.sources.warc_files import Fetch, brought, list_warcs, open_fetch
from copydesk.schemas.reasons import Reason


@dataclass
class _Run:
    """What the steps of one source share."""

    source: Source
    memory: Memory
    period: Period
    counts: Counter[str] = field(default_factory=Counter)
    marks: list[Watermark] = field(default_factory=list)


def acquire_warc(
    source: Source,
    memory: Memory,
    *,
    period: Period | None = None,
    settings: FetchSettings | None = None,
) -> Iterator[Item]:
    """Yield the pages of the files that a source's path, pattern or list names, refusals, and one report.

    Files read to their end and not touched since are passed over, but not in a back-fill on disk, whose period is
    that of the records' capture; on the network it is that of whole files. `max_pages` bounds those that a run fetches.
    """
    run = _Run(source, memory, period or Period())
    started_at = _now()
    with open_fetch(settings or FetchSettings(), memory.robots) as (fetch, robots):
        error = yield from _files(run, fetch)
        yield from robots.take_learned()
    if error:
        run.counts["refused_count"] += 1
        reason, _, detail = error.partition(": ")
        yield Refused(source.source_id, source.url or source.path or "", Reason(reason), detail, _now())
    yield _report(run, started_at, error)


def _files(run: _Run, fetch: Fetch) -> Generator[Item, None, str | None]:
    """Yield what the files hold; return what was wrong with the last that could not be read."""
    source, error = run.source, None
    try:
        names = list_warcs(source, run.period, fetch)
    except FetchError as fault:
        return f"{fault.reason}: {fault.detail}"
    except (OSError, EOFError) as fault:
        return f"{Reason.UNREADABLE}: {source.url or source.path}: {fault}"
    if not names:
        return f"{Reason.NOT_FOUND}: no file fits {source.url or source.path}"
    asked = set(_to_fetch(run, names))
    for name in names:
        try:
            if not is_web_address(name):
                yield from _one_file(run, Path(name))
            elif name in asked:
                with brought(name, fetch) as file:
                    yield from _records(run, name, file, 0)
        except FetchError as fault:
            error = f"{fault.reason}: {fault.detail}"
            run.marks.append(Watermark(source.source_id, name, _now(), is_complete=False))
        except OSError as fault:
            error = f"{Reason.UNREADABLE}: {name}: {fault.strerror}"
    return error


def _to_fetch(run: _Run, names: list[str]) -> list[str]:
    """Return the files of the network that this run asks for: those that failed after all that were never tried."""
    marks = {name: run.memory.watermark(run.source.source_id, name) for name in names if is_web_address(name)}
    new = [name for name, mark in marks.items() if mark is None]
    failed = [(mark.watermark_at, name) for name, mark in marks.items() if mark and not mark.is_complete]
    return [*new, *(name for _, name in sorted(failed))][: run.source.max_pages]


def _one_file(run: _Run, path: Path) -> Iterator[Item]:
    name, status = run.source.source_id, path.stat()
    modified_at = datetime.fromtimestamp(status.st_mtime, UTC)
    before = None if run.period.is_bounded else run.memory.watermark(name, str(path))
    stands = before is not None and (before.size_bytes, before.modified_at) == (status.st_size, modified_at)
    if before is not None and before.is_complete and stands:
        return
    has_grown = before is not None and (before.size_bytes or 0) < status.st_size
    start = (before.offset_bytes or 0) if before is not None and has_grown else 0
    with path.open("rb") as file:
        yield from _records(run, str(path), file, start)


def _records(run: _Run, name: str, file: BinaryIO, start: int) -> Iterator[Item]:
    """Yield what stands in a file from a byte on, under a name, and note how far it is read.

    What came from the network without a record was an error page: it is asked for again.
    """
    started_at, offset, status = _now(), start, os.fstat(file.fileno())
    has_records = False
    for found in warc_records(file, start_byte=start):
        if isinstance(found, WarcBlock):
            has_records = True
            if start and found.offset_bytes == start:  # the last one of the run before
                continue
            offset = found.offset_bytes
        yield from _counted(run, _item(run, name, found))
    run.counts["entries_new_count"] = run.counts["documents_count"]
    if is_web_address(name) or not run.period.is_bounded:
        modified_at = None if is_web_address(name) else datetime.fromtimestamp(status.st_mtime, UTC)
        run.marks.append(
            Watermark(
                run.source.source_id,
                name,
                started_at,
                status.st_size,
                modified_at,
                offset,
                is_complete=has_records or not is_web_address(name),
            )
        )


def _counted(run: _Run, item: RawDocument | Refused | None) -> Iterator[Item]:
    run.counts["entries_seen_count"] += 1
    if item is not None:
        run.counts["refused_count" if isinstance(item, Refused) else "documents_count"] += 1
        yield item


def _item(run: _Run, name: str, found: WarcBlock | WarcFault) -> RawDocument | Refused | None:
    source, now = run.source, _now()
    if isinstance(found, WarcBlock) and run.period.is_bounded and not is_web_address(name):
        moment = captured_at(found, now=now)
        if moment is None or not run.period.holds(moment):
            return None
    item = read_record(found, Carrier(source.source_id, f"{name}#{found.offset_bytes}", now))
    if not isinstance(item, RawDocument):
        return item
    return replace(
        item,
        language=source.language,
        publisher=source.publisher,
        timezone=source.timezone,
        licence=source.licence,
    )


def _report(run: _Run, started_at: datetime, error: str | None) -> SourceReport:
    name, now = run.source.source_id, _now()
    before = run.memory.health(name) or SourceHealth(name)
    done = "done" if run.marks or run.period.is_bounded else "unchanged"
    return report_run(
        before,
        Finding(now, error, run.counts),
        outcome="failed" if error else done,
        started_at=started_at,
        is_backfill=run.period.is_bounded,
        watermarks=run.marks,
    )


def _now() -> datetime:
    return datetime.now(UTC)
