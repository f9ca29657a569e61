"""Reads a WARC file: the HTML that a crawler stored, record by record."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

from copydesk.flows.fetch.judge_response import charset_of, media_type_of
from copydesk.flows.read.open_file import Opener, plain_file
from copydesk.flows.read.raw_document import Arrival, RawDocument, Refused
from copydesk.flows.read.read_row import Carrier
from copydesk.flows.read.warc_payload import WarcPageError, warc_payload
from copydesk.flows.read.warc_records import WarcBlock, WarcFault, warc_records
from copydesk.schemas.reasons import Reason
from copydesk.transforms.feeds.feed import parse_feed_date

KEPT_HEADERS = (
    "content-type", "content-language", "date", "etag", "last-modified", "link", "tdm-policy",
    "tdm-reservation", "x-robots-tag",
)  # fmt: skip
"""Headers of an answer that say something of its page."""

_FIRST_CRAWL = datetime(1991, 1, 1, tzinfo=UTC)
_HTML = frozenset({"text/html", "application/xhtml+xml", ""})


def read_warc(open_: Opener, carrier: Carrier) -> Iterator[Arrival]:
    """Yield the pages of a file, and a refusal for each record that cannot be read."""
    with plain_file(open_) as file:
        for found in warc_records(file):
            arrival = read_record(found, replace(carrier, origin=f"{carrier.origin}#{found.offset_bytes}"))
            if arrival is not None:
                yield arrival


def read_record(found: WarcBlock | WarcFault, carrier: Carrier) -> RawDocument | Refused | None:
    """Return the page of a record, dated by its capture, or its refusal; null for what is no page of a site."""
    if isinstance(found, WarcFault):
        return carrier.refuse(None, found.reason, found.detail)
    url = found.headers.get("warc-target-uri", "").strip("<> ") or None
    try:
        page = warc_payload(found)
    except WarcPageError as error:
        payload = found.block if error.reason == Reason.WARC_DIGEST else None
        return carrier.refuse(None, error.reason, error.detail, payload, url=url)
    if page.status != 200 or media_type_of(page.headers) not in _HTML or not page.body.strip():
        return None
    return RawDocument(
        carrier.source_id,
        carrier.origin,
        page.body,
        "text/html",
        captured_at(found, now=carrier.fetched_at) or carrier.fetched_at,
        charset=charset_of(page.headers),
        url=url,
        external_id=found.headers.get("warc-record-id", "").strip("<> ") or None,
        http_status=page.status,
        http_headers={name: page.headers[name][:1_000] for name in KEPT_HEADERS if name in page.headers},
        robots_decision="the archive's own crawl",
    )


def captured_at(record: WarcBlock, *, now: datetime) -> datetime | None:
    """Read when a record was captured; null for times at which nobody has crawled."""
    moment = parse_feed_date(record.headers.get("warc-date"))
    return moment if moment and _FIRST_CRAWL <= moment <= now else None
