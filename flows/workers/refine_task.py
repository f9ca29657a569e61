"""What a worker process does: refine parts of shards with the rule set that it was given at its start."""

import gc
from datetime import UTC, datetime
from functools import cache

import pyarrow as pa

from copydesk.flows.load_rules import load_rules
from copydesk.flows.workers.do_work import begin_step
from copydesk.flows.workers.keep_compiled import kept_patterns
from copydesk.flows.workers.worker import Failure
from copydesk.schemas.enums import Step
from copydesk.schemas.staged import ARRIVALS, REFINED_TABLES, STAGED
from copydesk.transforms.rules.records import RuleSet
from copydesk.warehouse.staging.shard import Part

_loaded: list[tuple[RuleSet, dict[str, str]]] = []

PROSE = "The harbour board met on Tuesday and heard what the new berth had cost the town in the spring. " * 5
WARMING = {
    "text/plain": f"Berth opened\n\n{PROSE}",
    "text/html": f"<html lang=en><title>Berth opened</title><article><h1>Berth</h1><p>{PROSE}</p></article></html>",
}
"""A document of each kind: the first of a process loads word lists and models, which is not the time of a real one."""


def init_worker(rules: RuleSet | None, versions: dict[str, str]) -> None:
    """Keep rules (None: those that come along) and versions for this process and load what documents need."""
    known = warm_up()
    _loaded[:] = [(rules or known, versions)]


@cache
def warm_up() -> RuleSet:
    """Load what documents need, once a process or the one that it is forked from; return the rules that come along.

    With these: a pattern of somebody's own may hang, and meets documents alone, within their limits. What is loaded
    by now stays to the end, so the garbage collector need not look at it again: 8 to 15 % of the time of a document.
    What documents make holds no circles (112 pages, 300 texts), so it looks seldom: each 700 objects are 5 % of a page.
    """
    with kept_patterns() as are_kept:
        from copydesk.flows.workers.keep_arrays import use_kept_language_model
        from copydesk.transforms.refine import refine

        use_kept_language_model()
        rules = load_rules(())
        if are_kept:  # else each pattern when a document first needs it
            rules.compile()
        refine(_warming(), rules=rules, versions={})
    gc.freeze()
    gc.set_threshold(50_000)
    return rules


def loaded_rules() -> RuleSet:
    """Return the rules of this process."""
    return _loaded[0][0]


def refine_part(part: Part) -> None:
    """Refine a part of a shard with the rules of this process and write it beside its documents."""
    part.write(refine_rows(part.read()))


def refine_rows(rows: pa.Table) -> dict[str, pa.Table]:
    """Refine documents with the rules of this process, each within the limits of a worker."""
    from copydesk.transforms.refine import refine

    rules, versions = _loaded[0]
    return refine(rows, rules=rules, versions=versions, begin=begin_step)


def failed_rows(rows: pa.Table, failure: Failure) -> dict[str, pa.Table]:
    """Return what is made of documents that their process did not survive: refusals."""
    from copydesk.transforms.refuse import refuse

    empty = {name: STAGED[name].schema.empty_table() for name in REFINED_TABLES}
    refusals = [
        refuse(row, failure.step or Step.EXTRACT, failure.reason, failure.detail) for row in rows.to_pylist()
    ]
    return empty | {"refusals": pa.Table.from_pylist(refusals, schema=STAGED["refusals"].schema)}


def _warming() -> pa.Table:
    rows = [
        {
            "document_id": media_type,
            "source_id": "",
            "origin": "",
            "fetched_at": datetime.now(UTC),
            "media_type": media_type,
            "payload": text.encode(),
            "payload_bytes": len(text),
        }
        for media_type, text in WARMING.items()
    ]
    return pa.Table.from_pylist(rows, schema=ARRIVALS.schema)
