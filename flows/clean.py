"""Cleans documents without a warehouse: for the prompt, for scripts, for trying a rule."""

import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from flows.ingest.arrivals_table import arrivals_table
from flows.load_rules import load_rules
from flows.read.find_files import find_files
from flows.read.raw_document import Arrival, RawDocument, Refused
from flows.read.read_files import read_files
from transforms.describe import describe
from transforms.extract.unextractable import Unextractable
from transforms.refine import refine_document

STDIN = Path("-")


def clean_paths(
    paths: Sequence[Path], *, own_rules: Sequence[Path] = (), now: datetime | None = None
) -> Iterator[dict[str, Any]]:
    """Yield a record of each document below the paths (- is standard input): what it says, body and spans.

    A document that is no article yields {origin, line, reason, detail}.
    """
    rules = load_rules(own_rules)
    now = now or datetime.now(UTC)
    for path in paths:
        for arrival in _arrivals(path, now):
            yield _record(arrival, rules)


def _arrivals(path: Path, now: datetime) -> Iterator[Arrival]:
    if path == STDIN:
        payload = sys.stdin.buffer.read()
        yield RawDocument("stdin", "-", payload, _media_type(payload), now)
        return
    yield from read_files(find_files(path).files, source_id=path.name, now=now)


def _media_type(payload: bytes) -> str:
    start = payload[:1024].lstrip().lower()
    is_page = start.startswith((b"<!doctype html", b"<html", b"<head", b"<?xml")) or b"<html" in start
    return "text/html" if is_page else "text/plain"


def _record(arrival: Arrival, rules: Any) -> dict[str, Any]:
    if isinstance(arrival, Refused):
        return _refusal(arrival.origin, arrival.line, arrival.reason, arrival.detail)
    document = arrivals_table([arrival])[0].to_pylist()[0]
    try:
        refined = refine_document(document, rules=rules)
    except Unextractable as refusal:
        return _refusal(arrival.origin, arrival.line, str(refusal.reason), refusal.detail)
    rows = describe(document, refined, {}, "")
    row = rows["refined"][0]
    return {
        "origin": arrival.origin,
        "line": arrival.line,
        **{
            name: row[name]
            for name in ("title", "dek", "authors", "publisher", "language", "section", "licence")
        },
        **{name: row[name] for name in ("agency", "dateline", "canonical_url", "completeness")},
        "published_at": row["published_at"].isoformat() if row["published_at"] else None,
        "published_on": row["published_on"].isoformat() if row["published_on"] else None,
        "images": [{key: image[key] for key in ("url", "caption", "credit")} for image in rows["pictures"]],
        "body": row["body"],
        "spans": [
            {
                key: span[key]
                for key in ("start_char", "end_char", "kind", "action", "rule_id", "evidence", "text")
            }
            for span in rows["spans"]
        ],
        "date_candidates": [
            {key: value for key, value in date.items() if key not in {"document_id", "ordinal"}}
            for date in rows["dates"]
        ],
        "extracted_text": refined.extracted.text,
    }


def _refusal(origin: str, line: int | None, reason: str, detail: str) -> dict[str, Any]:
    return {"origin": origin, "line": line, "reason": reason, "detail": detail}
