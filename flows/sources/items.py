"""What an acquirer yields beside documents and refusals: rows of the tables that remember a source."""

from dataclasses import dataclass, field, replace
from datetime import datetime

from copydesk.flows.read.raw_document import RawDocument, Refused
from copydesk.transforms.redact import redact, redact_addresses, redact_url


@dataclass(frozen=True, slots=True)
class UrlState:
    """A row of url_states. `role` is listing or page; `outcome` is stored, unchanged, refused or failed."""

    source_id: str
    url: str
    role: str
    outcome: str
    first_seen_at: datetime
    reason: str | None = None
    http_status: int | None = None
    etag: str | None = None
    last_modified: str | None = None
    body_sha256: str | None = None
    entries_sha256: str | None = None
    has_trusted_validators: bool = True
    hint: str | None = None
    entry: str | None = None
    fetched_at: datetime | None = None
    full_fetched_at: datetime | None = None
    next_fetch_at: datetime | None = None
    fetch_count: int = 0
    not_modified_count: int = 0
    failure_count: int = 0


@dataclass(frozen=True, slots=True)
class RobotsState:
    """A row of robots_rules. `verdict` is rules, all (nothing is forbidden) or none (nothing may be fetched)."""

    authority: str
    fetched_at: datetime
    expires_at: datetime
    http_status: int | None
    verdict: str
    payload: bytes | None = None


@dataclass(frozen=True, slots=True)
class Watermark:
    """A row of watermarks. `part` is empty, or a file of the source."""

    source_id: str
    part: str
    watermark_at: datetime
    size_bytes: int | None = None
    modified_at: datetime | None = None
    offset_bytes: int | None = None
    is_complete: bool = True


@dataclass(frozen=True, slots=True)
class SourceHealth:
    """The health columns of sources."""

    source_id: str
    last_attempt_at: datetime | None = None
    last_success_at: datetime | None = None
    last_new_article_at: datetime | None = None
    usual_interval_seconds: float | None = None
    entries_seen_count: int = 0
    failures_in_row_count: int = 0
    has_trusted_validators: bool = True
    is_silent: bool = False
    last_error: str | None = None


@dataclass(frozen=True, slots=True)
class SourceReport:
    """A row of source_runs, with the health that follows from it and the watermarks that it earned."""

    source_id: str
    started_at: datetime
    finished_at: datetime
    outcome: str
    health: SourceHealth
    reason: str | None = None
    detail: str | None = None
    is_backfill: bool = False
    requests_count: int = 0
    received_bytes: int = 0
    entries_seen_count: int = 0
    entries_new_count: int = 0
    documents_count: int = 0
    unchanged_count: int = 0
    refused_count: int = 0
    failed_count: int = 0
    warnings: tuple[str, ...] = ()
    watermarks: tuple[Watermark, ...] = field(default_factory=tuple)


Item = RawDocument | Refused | UrlState | RobotsState | SourceReport


def redact_item(item: Item) -> Item:
    """Return an item without secrets; payloads stay as they were received."""
    match item:
        case RawDocument():
            return _document(item)
        case Refused():
            url = item.url and redact_url(item.url)
            return replace(item, origin=redact_addresses(item.origin), url=url, detail=redact(item.detail))
        case UrlState():
            entry = item.entry and redact_addresses(item.entry)
            return replace(item, url=redact_url(item.url), entry=entry)
        case SourceReport():
            return _report(item)
        case RobotsState():
            return item


def _document(raw: RawDocument) -> RawDocument:
    said = raw.feed_metadata and {
        name: redact_addresses(value) if isinstance(value, str) else value
        for name, value in raw.feed_metadata.items()
    }
    return replace(
        raw,
        origin=redact_addresses(raw.origin),
        url=raw.url and redact_url(raw.url),
        external_id=raw.external_id and redact_addresses(raw.external_id),
        http_headers={name: redact(value) for name, value in raw.http_headers.items()},
        feed_metadata=said,
        robots_decision=raw.robots_decision and redact(raw.robots_decision),
    )


def _report(report: SourceReport) -> SourceReport:
    error = report.health.last_error
    return replace(
        report,
        detail=report.detail and redact(report.detail),
        warnings=tuple(redact(each) for each in report.warnings),
        health=replace(report.health, last_error=error and redact(error)),
    )
