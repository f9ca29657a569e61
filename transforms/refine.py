"""Refines documents: the one place that states the order of the steps between a payload and its rows.

Enters: rows of arrivals. Leaves: the staged tables, all that hangs on a document alone.
A document is kept or refused with a reason; rows in = refined + refusals.
"""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

import pyarrow as pa

from schemas.enums import CodeFault, Step
from schemas.staged import REFINED_TABLES, STAGED
from transforms.clean.clean import clean
from transforms.copies.word_hash import hex_of_words
from transforms.copies.words import words
from transforms.dates.date_input import DateInput
from transforms.dates.find_dates import find_dates
from transforms.describe import describe
from transforms.explain_crash import explain_crash, is_machine_fault
from transforms.extract.extract import extract
from transforms.extract.unextractable import Unextractable, UnextractableReason
from transforms.read_wordings import read_wordings
from transforms.records import Cleaned, Dated, Extracted, Payload, Refined
from transforms.refuse import refuse
from transforms.rules.records import RuleSet

Row = dict[str, Any]
Rows = dict[str, list[Row]]
Accepted = tuple[Row, Refined]
Begin = Callable[[int, Step], None]
_PAGES_WITHOUT_TEXT = frozenset(
    {
        UnextractableReason.INVALID_ENCODING,
        UnextractableReason.NO_BODY,
        UnextractableReason.LIST_PAGE,
        UnextractableReason.LOGIN_WALL,
        UnextractableReason.COOKIE_WALL,
    }
)

_MOST_BYTES = 1_000_000


def unwatched(_row: int, _step: Step) -> None:
    """Let the work come to a step without a word."""


def refine(
    documents: pa.Table, *, rules: RuleSet, versions: dict[str, str], begin: Begin = unwatched
) -> dict[str, pa.Table]:
    """Refine a batch of documents into the staged tables.

    `begin(row, step)` is called as the work comes to each step of each row; rows beyond the last stand for the
    description of all that were accepted.
    """
    rows: list[Row] = documents.to_pylist()
    accepted: list[Accepted] = []
    refusals: list[Row] = []
    for number, document in enumerate(rows):
        outcome = refine_row(document, rules, partial(begin, number))
        if isinstance(outcome, Refined):
            accepted.append((document, outcome))
        else:
            refusals.append(outcome)
    begin(len(rows), Step.DESCRIBE)
    try:
        return _tables(accepted, refusals, versions)
    except Exception as error:
        if is_machine_fault(error):
            raise
        return _tables_one_by_one(accepted, refusals, versions, partial(begin, len(rows) + 1))


def refine_document(
    document: Row, *, rules: RuleSet, begin: Callable[[Step], None] = lambda _step: None
) -> Refined:
    """Take one document through all steps: extract, clean, date.

    Raises Unextractable where it is no article.
    """
    begin(Step.EXTRACT)
    extracted = extract(payload_of(document))
    begin(Step.CLEAN)
    cleaned = clean(extracted, rules=rules)
    begin(Step.DATE)
    return Refined(extracted, cleaned, find_dates(_date_input(document, extracted, cleaned)))


def payload_of(document: Row) -> Payload:
    """Return the payload of a row of arrivals."""
    return Payload(
        content=document["payload"],
        media_type=document["media_type"],
        charset="utf-8" if document.get("line") is not None else document.get("charset"),
        url=document.get("url"),
        title=document.get("title"),
        authors=tuple(document.get("authors") or ()),
        language=document.get("language"),
        publisher=document.get("publisher"),
        published_at=document.get("published_at_stated"),
    )


def refine_row(document: Row, rules: RuleSet, begin: Callable[[Step], None]) -> Refined | Row:
    """Return a refined document, or its refusal; `begin(step)` is called as the work comes to each step."""
    reached = Step.EXTRACT

    def come_to(step: Step) -> None:
        nonlocal reached
        reached = step
        begin(step)

    try:
        refined = refine_document(document, rules=rules, begin=come_to)
    except Unextractable as refusal:
        on = _day_of_refused(document, refusal)
        return refuse(document, Step.EXTRACT, refusal.reason, refusal.detail, on)
    except Exception as error:
        if is_machine_fault(error):
            raise  # memory is the worker's limit: the one document is found by trials
        crash = explain_crash(error)
        return refuse(document, reached, crash.reason, crash.detail)
    if not refined.cleaned.body:
        on = _day_of(refined.dated)
        return refuse(document, Step.CLEAN, "no_body", "nothing is left but boilerplate", on)
    return refined


def _tables(accepted: list[Accepted], refusals: list[Row], versions: dict[str, str]) -> dict[str, pa.Table]:
    rows: Rows = {name: [] for name in REFINED_TABLES} | {"refusals": refusals}
    batch = words(pa.array([refined.cleaned.body for _, refined in accepted], pa.string()))
    hashes = hex_of_words(batch).to_pylist()
    for (document, refined), words_hash in zip(accepted, hashes, strict=True):
        for name, found in describe(document, refined, versions, words_hash).items():
            rows[name].extend(found)
    tables = {name: pa.Table.from_pylist(rows[name], schema=STAGED[name].schema) for name in REFINED_TABLES}
    return tables | read_wordings(tables["refined"], batch)


def _tables_one_by_one(
    accepted: list[Accepted], refusals: list[Row], versions: dict[str, str], begin: Callable[[Step], None]
) -> dict[str, pa.Table]:
    """Describe each document for itself, and refuse those that cannot be described."""
    parts = []
    refused = list(refusals)
    for document, refined in accepted:
        begin(Step.DESCRIBE)
        try:
            parts.append(_tables([(document, refined)], [], versions))
        except Exception as error:
            if is_machine_fault(error):
                raise
            # Whoever raised it: that our own rows do not fit their tables is no page's fault.
            detail = explain_crash(error).detail
            refused.append(refuse(document, Step.DESCRIBE, CodeFault.INTERNAL_ERROR, detail))
    parts.append(_tables([], refused, versions))
    return {name: pa.concat_tables([part[name] for part in parts]) for name in REFINED_TABLES}


def _day_of_refused(document: Row, refusal: Unextractable) -> date | None:
    """Return the day of a page that gives no text; what is large or could not be parsed is not parsed again."""
    is_page = refusal.reason in _PAGES_WITHOUT_TEXT and document["media_type"] == "text/html"
    if not is_page or len(document["payload"] or b"") > _MOST_BYTES:
        return None
    seen = _date_input(document, Extracted(text="", extractor=""), Cleaned("", (), ()))
    return _day_of(find_dates(replace(seen, html=document["payload"])))


def _day_of(dated: Dated) -> date | None:
    return date.fromisoformat(dated.published_on) if dated.published_on else None


def _date_input(document: Row, extracted: Extracted, cleaned: Cleaned) -> DateInput:
    return DateInput(
        page=extracted.page,
        text=extracted.text,
        title=extracted.title or cleaned.readings.title,
        spans=cleaned.spans,
        language=extracted.language,
        url=document.get("url") or extracted.canonical_url,
        carrier_published_at=document.get("published_at_stated"),
        headers=json.loads(document.get("http_headers") or "{}"),
        timezone=document.get("timezone"),
        fetched_at=document.get("fetched_at"),
    )
