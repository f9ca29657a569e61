"""Enters: what a source yields. Leaves: the same without the secrets of its addresses, as it may be stored.

This is the one door between fetching, which needs them, and the tables. They stand in the source list and in memory.
"""

from dataclasses import replace

from flows.fetch.robots_gate import RobotsState
from flows.read.raw_document import RawDocument, Refused
from flows.sources.items import Item, SourceReport, UrlState
from transforms.redact import redact, redact_addresses, redact_url


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
