"""What a worker process of `copydesk clean` does: say all that is found in a document."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pyarrow as pa

from copydesk.flows.workers.do_work import begin_step
from copydesk.flows.workers.refine_task import loaded_rules
from copydesk.schemas.enums import Step
from copydesk.schemas.reasons import Reason
from copydesk.transforms.describe import describe
from copydesk.transforms.records import Refined
from copydesk.transforms.refine import refine_row
from copydesk.transforms.rules.records import RuleSet

Record = dict[str, Any]
Row = dict[str, Any]
Kept = tuple[Record, Row | None]
"""What is said of a document, and what site memory asks of its wording; None where it is no article."""

STATED = (
    *("title", "dek", "authors", "publisher", "language", "section", "licence"),
    *("agency", "dateline", "canonical_url", "completeness"),
)
SPAN = ("start_char", "end_char", "kind", "action", "rule_id", "evidence", "text")


ASKED = ("revision_id", "article_id", "site", "body", "body_words", "layout")


def clean_batch(documents: pa.Table) -> list[Kept]:
    """Return a record of each document, or its refusal, within the limits of a worker."""
    rules = loaded_rules()
    return [
        clean_document(document, rules, partial(begin_step, number))
        for number, document in enumerate(documents.to_pylist())
    ]


def clean_document(document: Row, rules: RuleSet, begin: Callable[[Step], None]) -> Kept:
    """Return the record of a document, a row of arrivals, or its refusal."""
    return _kept(document, refine_row(document, rules, begin))


def refusal_record(origin: str, line: int | None, reason: Reason, detail: str) -> Record:
    """Return the record of a document that is no article."""
    return {"origin": origin, "line": line, "reason": reason, "detail": detail}


def _kept(document: Row, outcome: Refined | Row) -> Kept:
    place = (document["origin"], document["line"])
    if not isinstance(outcome, Refined):
        return refusal_record(*place, outcome["reason"], outcome["detail"]), None
    rows = describe(document, outcome, {}, "")
    row = rows["refined"][0]
    day = row["published_on"] or (row["published_at"] and row["published_at"].date())
    asked = {name: row[name] for name in ASKED} | {"published_on": day, "published_at": None}
    asked["spans"] = rows["boilerplate_spans"]
    return _record(place, rows, outcome), asked


def _record(place: tuple[str, int | None], rows: dict[str, list[Row]], outcome: Refined) -> Record:
    row = rows["refined"][0]
    return {
        "origin": place[0],
        "line": place[1],
        **{name: row[name] for name in STATED},
        "published_at": row["published_at"].isoformat() if row["published_at"] else None,
        "published_local_at": row["published_local_at"].isoformat() if row["published_local_at"] else None,
        "published_on": row["published_on"].isoformat() if row["published_on"] else None,
        "images": [{key: image[key] for key in ("url", "caption", "credit")} for image in rows["images"]],
        "body": row["body"],
        "spans": [{key: span[key] for key in SPAN} for span in rows["boilerplate_spans"]],
        "date_candidates": [
            {key: value for key, value in date.items() if key not in {"document_id", "ordinal"}}
            for date in rows["date_candidates"]
        ],
        "extracted_text": outcome.extracted.text,
    }
