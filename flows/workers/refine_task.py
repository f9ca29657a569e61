"""What a worker process does: refine batches with the rule set that it was given at its start."""

import gc
from datetime import UTC, datetime

import pyarrow as pa

from flows.workers.do_work import begin_step
from schemas.intake import ARRIVALS
from transforms.refine import refine
from transforms.rules.records import RuleSet

_desk: list[tuple[RuleSet, dict[str, str]]] = []

PROSE = "The harbour board met on Tuesday and heard what the new berth had cost the town in the spring. " * 5
WARMING = {
    "text/plain": f"Berth opened\n\n{PROSE}",
    "text/html": f"<html lang=en><title>Berth opened</title><article><h1>Berth</h1><p>{PROSE}</p></article></html>",
}
"""A document of each kind: the first of a process loads word lists and models, which is not the time of a real one."""


def prepare(rules: RuleSet, versions: dict[str, str]) -> None:
    """Keep rules and versions for this process and load what documents need.

    What is loaded by now stays to the end, so the garbage collector need not look at it again: 8 to 15 % of the
    time of a document.
    """
    _desk[:] = [(rules, versions)]
    refine(_warming(), rules=rules, versions=versions)
    gc.freeze()


def desk_rules() -> RuleSet:
    """Return the rules of this process."""
    return _desk[0][0]


def refine_batch(documents: pa.Table) -> dict[str, pa.Table]:
    """Refine a batch with the rules of this process, each document within the limits of a worker."""
    rules, versions = _desk[0]
    return refine(documents, rules=rules, versions=versions, begin=begin_step)


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
