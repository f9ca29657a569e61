"""Refines documents: the one place that states the order of the steps between a payload and its rows.

Enters: rows of the intake's arrivals. Leaves: the intake's refined, refusals, spans, pictures and dates.
A document is kept or refused with a reason; rows in = refined + refusals.
"""

import json
from typing import Any

import pyarrow as pa

from schemas.intake import INTAKE, REFINED_TABLES
from transforms.clean.clean import clean
from transforms.copies.word_hash import word_hashes
from transforms.dates.date_input import DateInput
from transforms.dates.find_dates import find_dates
from transforms.describe import describe
from transforms.extract.extract import extract
from transforms.extract.unextractable import Unextractable
from transforms.records import Cleaned, Extracted, Payload, Refined
from transforms.rules.records import RuleSet

Row = dict[str, Any]
Rows = dict[str, list[Row]]


def refine(documents: pa.Table, *, rules: RuleSet, versions: dict[str, str]) -> dict[str, pa.Table]:
    """Refine a batch of documents into the tables of the intake."""
    rows: Rows = {name: [] for name in REFINED_TABLES}
    accepted: list[tuple[Row, Refined]] = []
    for document in documents.to_pylist():
        outcome = _refine_row(document, rules)
        if isinstance(outcome, Refined):
            accepted.append((document, outcome))
        else:
            rows["refusals"].append(outcome)
    hashes = word_hashes(pa.array([refined.cleaned.body for _, refined in accepted], pa.string())).to_pylist()
    for (document, refined), words_hash in zip(accepted, hashes, strict=True):
        for name, found in describe(document, refined, versions, words_hash).items():
            rows[name].extend(found)
    return {name: pa.Table.from_pylist(rows[name], schema=INTAKE[name].schema) for name in REFINED_TABLES}


def refine_document(document: Row, *, rules: RuleSet) -> Refined:
    """Take one document through all steps: extract, clean, date.

    Raises Unextractable where it is no article.
    """
    extracted = extract(payload_of(document))
    cleaned = clean(extracted, rules=rules)
    return Refined(extracted, cleaned, find_dates(_date_input(document, extracted, cleaned)))


def payload_of(document: Row) -> Payload:
    """Return the payload of a row of arrivals."""
    return Payload(
        content=document["payload"],
        media_type=document["media_type"],
        charset=document.get("charset"),
        url=document.get("url"),
        title=document.get("title"),
        authors=tuple(document.get("authors") or ()),
        language=document.get("language"),
        publisher=document.get("publisher"),
        published_at=document.get("published_at_stated"),
    )


def refuse(document: Row, step: str, reason: str, detail: str) -> Row:
    """Return the refusal of a row of arrivals."""
    return {
        "document_id": document["document_id"],
        "step": step,
        "source_id": document["source_id"],
        "origin": document["origin"],
        "line": document["line"],
        "reason": reason,
        "detail": detail[:500],
        "quarantined_at": document["fetched_at"],
    }


def _refine_row(document: Row, rules: RuleSet) -> Refined | Row:
    """Return a refined document, or its refusal."""
    try:
        refined = refine_document(document, rules=rules)
    except Unextractable as refusal:
        return refuse(document, "extract", refusal.reason, refusal.detail)
    except MemoryError:
        raise  # the worker's limit: the batch is halved until the one document is found
    except Exception as error:  # noqa: BLE001 - a page that trips a library is the world's garbage
        return refuse(document, "extract", "crashed", f"{type(error).__name__}: {error}")
    if not refined.cleaned.body:
        return refuse(document, "clean", "no_body", "nothing is left but boilerplate")
    return refined


def _date_input(document: Row, extracted: Extracted, cleaned: Cleaned) -> DateInput:
    return DateInput(
        tree=extracted.page,
        text=extracted.text,
        title=extracted.title or cleaned.readings.title,
        spans=cleaned.spans,
        language=extracted.language,
        url=document.get("url") or extracted.canonical_url,
        carrier_published_at=document.get("published_at_stated"),
        headers=json.loads(document.get("http_headers") or "{}"),
        fetched_at=document.get("fetched_at"),
    )
