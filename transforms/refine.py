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

import numpy as np
import pyarrow as pa

from copydesk.schemas.enums import Step
from copydesk.schemas.reasons import Reason
from copydesk.schemas.staged import REFINED_TABLES, STAGED
from copydesk.transforms.clean.clean import Draft, apply_line_model, apply_rules, write_body
from copydesk.transforms.copies.sketch import hex_of_words
from copydesk.transforms.copies.words import words
from copydesk.transforms.dates.date_input import DateInput
from copydesk.transforms.dates.find_dates import find_dates
from copydesk.transforms.describe import describe
from copydesk.transforms.extract.extract import extract
from copydesk.transforms.read_comparables import read_comparables
from copydesk.transforms.records import Cleaned, Dated, Extracted, Payload, Refined
from copydesk.transforms.refuse import Unextractable, explain_crash, is_machine_fault, refuse
from copydesk.transforms.rules.records import RuleSet
from copydesk.transforms.text.segments import portions

Row = dict[str, Any]
Rows = dict[str, list[Row]]
Accepted = tuple[Row, Refined]
Begin = Callable[[int, Step], None]
BeginStep = Callable[[Step], None]
_PAGES_WITHOUT_TEXT = frozenset(
    {
        Reason.INVALID_ENCODING,
        Reason.NO_BODY,
        Reason.LIST_PAGE,
        Reason.LOGIN_WALL,
        Reason.COOKIE_WALL,
    }
)

_MOST_BYTES = 1_000_000
_TOGETHER_BYTES = 1 << 18
"""Of payloads that are measured in one go, calls of numpy shared and their arrays in the cache; more gain nothing."""


def unwatched(_row: int, _step: Step) -> None:
    """Let the work come to a step without a word."""


def refine(
    documents: pa.Table, *, rules: RuleSet, versions: dict[str, str], begin: Begin = unwatched
) -> dict[str, pa.Table]:
    """Refine a batch of documents into the staged tables.

    `begin(row, step)` is called as the work comes to each step of each row; rows beyond the last stand for what is
    done with many at once: a failure there is no document's before a trial tells.
    """
    rows: list[Row] = documents.to_pylist()
    accepted: list[Accepted] = []
    refusals: list[Row] = []
    sizes = np.array([len(row["payload"] or b"") for row in rows], np.int64)
    for some in portions(sizes, _TOGETHER_BYTES):
        begins: list[BeginStep] = [partial(begin, row) for row in range(some.start, some.stop)]
        outcomes = _refine_together(rows[some], rules, begins, partial(begin, len(rows)))
        for document, outcome in zip(rows[some], outcomes, strict=True):
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


def refine_row(document: Row, rules: RuleSet, begin: BeginStep) -> Refined | Row:
    """Return a refined document, or its refusal; `begin(step)` is called as the work comes to each step."""
    (outcome,) = _refine_together([document], rules, [begin], begin)
    return outcome


def _refine_together(
    rows: list[Row], rules: RuleSet, begins: list[BeginStep], begin_all: BeginStep
) -> list[Refined | Row]:
    """Take documents through all steps; return each refined, or its refusal."""
    drafts = [_draft(document, rules, begin) for document, begin in zip(rows, begins, strict=True)]
    begin_all(Step.CLEAN)
    try:
        apply_line_model([draft for draft in drafts if isinstance(draft, Draft)])
    except Exception as error:  # noqa: BLE001 - raised again where it is the machine's
        if len(rows) == 1:
            return [_refusal(rows[0], Step.CLEAN, error)]
        alone = [
            _refine_together([row], rules, [begin], begin) for row, begin in zip(rows, begins, strict=True)
        ]
        return [outcome for (outcome,) in alone]
    return [
        _finish(document, draft, begin) if isinstance(draft, Draft) else draft
        for document, draft, begin in zip(rows, drafts, begins, strict=True)
    ]


def _draft(document: Row, rules: RuleSet, begin: BeginStep) -> Draft | Row:
    """Extract a document and begin to clean it, or refuse it."""
    step = Step.EXTRACT
    try:
        begin(step)
        extracted = extract(payload_of(document), rules.sites)
        step = Step.CLEAN
        begin(step)
        return apply_rules(extracted, rules=rules)
    except Exception as error:  # noqa: BLE001 - raised again where it is the machine's
        return _refusal(document, step, error)


def _finish(document: Row, draft: Draft, begin: BeginStep) -> Refined | Row:
    """Clean a draft to its end and date it, or refuse it."""
    step = Step.CLEAN
    try:
        begin(step)
        cleaned = write_body(draft)
        step = Step.DATE
        begin(step)
        dated = find_dates(_date_input(document, draft.extracted, cleaned))
    except Exception as error:  # noqa: BLE001 - raised again where it is the machine's
        return _refusal(document, step, error)
    if not cleaned.body:
        return refuse(document, Step.CLEAN, Reason.NO_BODY, "nothing is left but boilerplate", _day_of(dated))
    return Refined(draft.extracted, cleaned, dated)


def _refusal(document: Row, step: Step, error: Exception) -> Row:
    """Return the refusal of a document in which a step has failed."""
    if isinstance(error, Unextractable):
        return refuse(document, step, error.reason, error.detail, _day_of_refused(document, error))
    if is_machine_fault(error):
        raise error  # memory is the worker's limit: the one document is found by trials
    crash = explain_crash(error)
    return refuse(document, step, crash.reason, crash.detail)


def _tables(accepted: list[Accepted], refusals: list[Row], versions: dict[str, str]) -> dict[str, pa.Table]:
    rows: Rows = {name: [] for name in REFINED_TABLES} | {"refusals": refusals}
    batch = words(pa.array([refined.cleaned.body for _, refined in accepted], pa.string()))
    hashes = hex_of_words(batch).to_pylist()
    for (document, refined), words_hash in zip(accepted, hashes, strict=True):
        for name, found in describe(document, refined, versions, words_hash).items():
            rows[name].extend(found)
    tables = {name: pa.Table.from_pylist(rows[name], schema=STAGED[name].schema) for name in REFINED_TABLES}
    return tables | read_comparables(tables["refined"], batch)


def _tables_one_by_one(
    accepted: list[Accepted], refusals: list[Row], versions: dict[str, str], begin: BeginStep
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
            refused.append(refuse(document, Step.DESCRIBE, Reason.INTERNAL_ERROR, detail))
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
        selected_date=extracted.selected_date,
        headers=json.loads(document.get("http_headers") or "{}"),
        timezone=document.get("timezone"),
        fetched_at=document.get("fetched_at"),
    )
