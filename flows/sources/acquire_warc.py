"""WARC files: the HTML that a crawler stored, record by record, each file once and grown ones from where we stood."""

from collections import Counter
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from flows.fetch.errors import FetchError
from flows.fetch.fetch_settings import FetchSettings
from flows.fetch.judge_response import charset_of, media_type_of
from flows.read.raw_document import RawDocument, Refused
from flows.sources.items import Item, SourceHealth, SourceReport, Watermark
from flows.sources.judge_health import Finding, report_run
from flows.sources.memory import Memory
from flows.sources.page_document import KEPT_HEADERS
from flows.sources.source import Period, Source
from flows.sources.warc_files import Fetch, brought, is_remote, list_warcs, open_fetch
from flows.sources.warc_payload import WarcPage, WarcPageError, warc_payload
from flows.sources.warc_records import WarcBlock, WarcFault, warc_records
from transforms.feeds.feed import parse_feed_date

_YEARS = range(1991, 2200)
_HTML = frozenset({"text/html", "application/xhtml+xml", ""})


@dataclass
class _Run:
    """What the steps of one source share."""

    source: Source
    memory: Memory
    clock: Callable[[], datetime]
    period: Period
    counts: Counter[str] = field(default_factory=Counter)
    marks: list[Watermark] = field(default_factory=list)


def acquire_warc(
    source: Source,
    memory: Memory,
    *,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    period: Period | None = None,
    settings: FetchSettings | None = None,
) -> Iterator[Item]:
    """Yield the pages of the files that a source's path, pattern or list names, refusals, and one report.

    Files read to their end and not touched since are passed over, but not in a back-fill on disk, whose period is
    that of the records' capture; on the network it is that of whole files. `max_pages` bounds those that a run fetches.
    """
    run = _Run(source, memory, clock, period or Period())
    started_at = clock()
    with open_fetch(settings or FetchSettings()) as fetch:
        error = yield from _files(run, fetch)
    if error:
        run.counts["refused_count"] += 1
        reason, _, detail = error.partition(": ")
        yield Refused(source.source_id, source.url or source.path or "", reason, detail, clock())
    yield _report(run, started_at, error)


def _files(run: _Run, fetch: Fetch) -> Generator[Item, None, str | None]:
    """Yield what the files hold; return what was wrong with the last that could not be read."""
    source, error = run.source, None
    try:
        names = list_warcs(source, run.period, fetch)
    except FetchError as fault:
        return f"{fault.reason}: {fault.detail}"
    except (OSError, EOFError) as fault:
        return f"unreadable: {source.url or source.path}: {fault}"
    if not names:
        return f"not_found: no file fits {source.url or source.path}"
    new = [name for name in names if is_remote(name) and run.memory.watermark(source.source_id, name) is None]
    asked = set(new[: source.max_pages])
    for name in names:
        try:
            if not is_remote(name):
                yield from _one_file(run, Path(name))
            elif name in asked:
                with brought(name, fetch) as path:
                    yield from _records(run, name, path, 0)
        except FetchError as fault:
            error = f"{fault.reason}: {fault.detail}"
        except OSError as fault:
            error = f"unreadable: {name}: {fault.strerror}"
    return error


def _one_file(run: _Run, path: Path) -> Iterator[Item]:
    name, status = run.source.source_id, path.stat()
    modified_at = datetime.fromtimestamp(status.st_mtime, UTC)
    before = None if run.period.is_bounded else run.memory.watermark(name, str(path))
    stands = before is not None and (before.size_bytes, before.modified_at) == (status.st_size, modified_at)
    if before is not None and before.is_complete and stands:
        return
    has_grown = before is not None and (before.size_bytes or 0) < status.st_size
    start = (before.offset_bytes or 0) if before is not None and has_grown else 0
    yield from _records(run, str(path), path, start)


def _records(run: _Run, name: str, path: Path, start: int) -> Iterator[Item]:
    """Yield what stands in a file from a byte on, under a name, and note how far it is read."""
    started_at, offset, status = run.clock(), start, path.stat()
    for found in warc_records(path, start_byte=start):
        if isinstance(found, WarcBlock):
            if start and found.offset_bytes == start:  # the last one of the run before
                continue
            offset = found.offset_bytes
        yield from _counted(run, _item(run, name, found))
    run.counts["entries_new_count"] = run.counts["documents_count"]
    if is_remote(name) or not run.period.is_bounded:
        modified_at = None if is_remote(name) else datetime.fromtimestamp(status.st_mtime, UTC)
        source_id = run.source.source_id
        run.marks.append(Watermark(source_id, name, started_at, status.st_size, modified_at, offset))


def _counted(run: _Run, item: RawDocument | Refused | None) -> Iterator[Item]:
    run.counts["entries_seen_count"] += 1
    if item is not None:
        run.counts["refused_count" if isinstance(item, Refused) else "documents_count"] += 1
        yield item


def _item(run: _Run, name: str, found: WarcBlock | WarcFault) -> RawDocument | Refused | None:
    source, now = run.source, run.clock()
    origin = f"{name}#{found.offset_bytes}"
    if isinstance(found, WarcFault):
        return Refused(source.source_id, origin, found.reason, found.detail, now)
    captured_at = _captured_at(found.headers.get("warc-date"))
    if (
        run.period.is_bounded
        and not is_remote(name)
        and (captured_at is None or not run.period.holds(captured_at))
    ):
        return None
    url = found.headers.get("warc-target-uri", "").strip("<> ") or None
    try:
        page = warc_payload(found)
    except WarcPageError as error:
        payload = found.block if error.reason == "warc_digest" else None
        return Refused(source.source_id, origin, error.reason, error.detail, now, payload=payload, url=url)
    if page.status != 200 or media_type_of(page.headers) not in _HTML or not page.body.strip():
        return None
    return _document(source, origin, url, found, page, captured_at or now)


def _captured_at(text: str | None) -> datetime | None:
    """Read when a record was captured; null for years in which nobody crawls."""
    moment = parse_feed_date(text)
    return moment if moment and moment.year in _YEARS else None


def _document(
    source: Source, origin: str, url: str | None, record: WarcBlock, page: WarcPage, captured_at: datetime
) -> RawDocument:
    return RawDocument(
        source.source_id,
        origin,
        page.body,
        "text/html",
        captured_at,
        charset=charset_of(page.headers),
        url=url,
        external_id=record.headers.get("warc-record-id", "").strip("<> ") or None,
        language=source.language,
        publisher=source.publisher,
        timezone=source.timezone,
        http_status=page.status,
        http_headers={name: page.headers[name][:1_000] for name in KEPT_HEADERS if name in page.headers},
        licence=source.licence,
        robots_decision="the archive's own crawl",
    )


def _report(run: _Run, started_at: datetime, error: str | None) -> SourceReport:
    name, now = run.source.source_id, run.clock()
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
