"""Turns a batch of arrivals into staged rows."""

import hashlib
import json
from collections.abc import Sequence
from typing import Any

import pyarrow as pa

from copydesk.flows.read.raw_document import Arrival, RawDocument, Refused
from copydesk.schemas.enums import Step
from copydesk.schemas.reasons import Reason
from copydesk.schemas.staged import ARRIVALS, REFUSALS
from copydesk.transforms.identify import digest
from copydesk.transforms.normalise_url import normalise_url
from copydesk.transforms.records import as_row
from copydesk.transforms.refuse import explain_crash

Row = dict[str, Any]


def arrivals_table(arrivals: Sequence[Arrival]) -> tuple[pa.Table, pa.Table]:
    """Return the documents of a batch, and the refusals among them; each document once.

    One that no row can hold is refused: it costs itself only.
    """
    try:
        return _tables(arrivals)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - one of them; each for itself tells which
        return _tables([_sound(arrival) for arrival in arrivals])


def _sound(arrival: Arrival) -> Arrival:
    """Return an arrival that a row can hold: itself, or its refusal."""
    try:
        _tables([arrival])
    except Exception as error:  # noqa: BLE001 - costs this one only
        return Refused(
            arrival.source_id,
            _encodable(arrival.origin),
            Reason.INTERNAL_ERROR,
            _encodable(explain_crash(error).detail),
            arrival.fetched_at,
            line=arrival.line,
            payload=arrival.payload,
            step=arrival.step if isinstance(arrival, Refused) else Step.READ,
        )
    return arrival


def _encodable(text: str) -> str:
    return text.encode("utf-8", "backslashreplace").decode()


def _tables(arrivals: Sequence[Arrival]) -> tuple[pa.Table, pa.Table]:
    documents: dict[str, Row] = {}
    refusals: dict[str, Row] = {}
    for arrival in arrivals:
        row = _document(arrival) if isinstance(arrival, RawDocument) else _refused(arrival)
        if row["document_id"] in documents:
            continue
        documents[row["document_id"]] = row
        if isinstance(arrival, Refused):
            refusals[row["document_id"]] = _refusal(arrival, row)
    return (
        pa.Table.from_pylist(list(documents.values()), schema=ARRIVALS.schema),
        pa.Table.from_pylist(list(refusals.values()), schema=REFUSALS.schema),
    )


def _document(raw: RawDocument) -> Row:
    sha256 = hashlib.sha256(raw.payload).hexdigest()
    carrier = (
        raw.external_id,
        raw.url,
        raw.title,
        *raw.authors,
        raw.language,
        raw.publisher,
        raw.published_at,
        *([f"encoding {raw.encoding}"] if raw.encoding else []),
        *([f"timezone {raw.timezone}"] if raw.timezone else []),
        *([f"extra {_json(raw.extra)}"] if raw.extra else []),
    )
    return as_row(raw) | {
        "document_id": digest(raw.source_id, raw.origin, raw.media_type, sha256, *carrier),
        **_address(raw.url),
        "charset": raw.encoding or raw.charset,
        "payload_sha256": sha256,
        "payload_bytes": len(raw.payload),
        "authors": list(raw.authors),
        "published_at_stated": raw.published_at,
        **{name: _json(getattr(raw, name)) for name in ("http_headers", "feed_metadata", "extra")},
    }


def _address(url: str | None) -> Row:
    """Return the normal form of what a carrier gave, and what it gave where that is written otherwise."""
    normal = normalise_url(url)
    return {"url": normal, "carrier_url": None if url == normal else url}


def _refused(refused: Refused) -> Row:
    payload = refused.payload
    sha256 = None if payload is None else hashlib.sha256(payload).hexdigest()
    place = None if payload is not None or refused.line is None else str(refused.line)
    address = [refused.url] if refused.url and payload is not None else []
    return {
        "document_id": digest(refused.source_id, refused.origin, place, refused.reason, sha256, *address),
        "source_id": refused.source_id,
        "origin": refused.origin,
        "line": refused.line,
        **_address(refused.url),
        "fetched_at": refused.fetched_at,
        "media_type": "application/octet-stream",
        "payload": payload,
        "payload_sha256": sha256,
        "payload_bytes": len(payload or b""),
    }


def _refusal(refused: Refused, row: Row) -> Row:
    return {
        "document_id": row["document_id"],
        "step": refused.step,
        "source_id": refused.source_id,
        "origin": refused.origin,
        "line": refused.line,
        "reason": refused.reason,
        "detail": refused.detail[:500],
        "quarantined_at": refused.fetched_at,
    }


def _json(values: dict[str, Any] | None) -> str | None:
    return json.dumps(values, ensure_ascii=False, sort_keys=True, default=str) if values else None
