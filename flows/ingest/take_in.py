"""Takes what a source yields into the intake: documents stored and refined, or refused; states remembered."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import islice

import pyarrow as pa

from flows.fetch.robots_gate import RobotsState
from flows.ingest.arrivals_table import arrivals_table
from flows.ingest.run import Run
from flows.read.raw_document import RawDocument, Refused
from flows.sources.items import Item, SourceReport, UrlState
from flows.sources.redact_item import redact_item
from flows.workers.map_batches import map_batches
from flows.workers.refine_task import refine_batch
from flows.workers.worker import Failure
from schemas.enums import Step
from schemas.intake import INTAKE, REFINED_TABLES
from transforms.refine import refuse
from warehouse.intake import put_refined, take_in
from warehouse.source_memory import put_states

WORK_ROWS = 40
"""Documents that a worker refines at a time: a second or so of work, little to do again after a crash."""

WORK_BYTES = 4 * 2**20
"""A batch is full with so much of payload too: a few times as much is what refining it takes."""

PUT_ROWS = 500
PUT_BYTES = 32 * 2**20
"""Refined documents that are stored in one transaction of the intake, by number and by size."""

STORE_BYTES = 32 * 2**20
"""Payload that is stored in one transaction at most, unless one document alone is larger."""

SLICE_ITEMS = 5_000
"""Items of one task: large against a task's cost, small against a run."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What a slice held: items, documents among them, those known byte for byte, and reports of sources.

    `retried_count` are documents that no source brought: they stood in quarantine.
    """

    item_count: int = 0
    seen_count: int = 0
    known_count: int = 0
    reports: tuple[SourceReport, ...] = ()
    retried_count: int = 0

    def __add__(self, other: "Taken") -> "Taken":
        return Taken(
            self.item_count + other.item_count,
            self.seen_count + other.seen_count,
            self.known_count + other.known_count,
            self.reports + other.reports,
            self.retried_count + other.retried_count,
        )


def take_in_slice(run: Run, items: Iterator[Item], store_items: int) -> Taken:
    """Take in the next items of a source, `store_items` in one transaction; no items: it is exhausted."""
    taken = Taken()

    def batches() -> Iterator[pa.Table]:
        nonlocal taken
        for chunk in _chunks(islice(items, SLICE_ITEMS), store_items):
            new, counted = _store(run, chunk)
            taken += counted
            yield from work_batches(new)

    refine_all(run, batches())
    return taken


def work_batches(documents: pa.Table) -> Iterator[pa.Table]:
    """Cut documents into what a worker takes at a time."""
    start = size = 0
    for row, length in enumerate(documents["payload_bytes"].to_pylist()):
        if row > start and (row - start >= WORK_ROWS or size + length > WORK_BYTES):
            yield documents.slice(start, row - start)
            start, size = row, 0
        size += length
    if start < documents.num_rows:
        yield documents.slice(start)


def refine_all(run: Run, batches: Iterable[pa.Table]) -> None:
    """Refine batches in the workers and store what they give."""
    waiting: list[dict[str, pa.Table]] = []
    for batch, result in map_batches(refine_batch, batches, workers=run.workers):
        waiting.append(_failed(batch, result) if isinstance(result, Failure) else result)
        run.progress("refine", batch.num_rows)
        if _is_enough(waiting):
            _put(run, waiting)
    _put(run, waiting)


def _store(run: Run, items: Sequence[Item]) -> tuple[pa.Table, Taken]:
    """Store documents before the states that say they are in: a crash between the two loses nothing."""
    items = [redact_item(item) for item in items]
    arrivals = [item for item in items if isinstance(item, RawDocument | Refused)]
    documents, refusals = arrivals_table(arrivals)
    new, known_count = take_in(run.con, documents, refusals)
    known_count += len(arrivals) - documents.num_rows
    _remember(run, "url_states", [item for item in items if isinstance(item, UrlState)])
    _remember(run, "robots_rules", [item for item in items if isinstance(item, RobotsState)])
    run.progress("read", len(arrivals))
    reports = tuple(item for item in items if isinstance(item, SourceReport))
    return new, Taken(len(items), len(arrivals), known_count, reports)


def _remember(run: Run, name: str, states: Sequence[UrlState | RobotsState]) -> None:
    """Store states; of several of one address the last counts."""
    rows = {tuple(str(getattr(state, key)) for key in INTAKE[name].key): asdict(state) for state in states}
    if rows:
        put_states(run.con, name, pa.Table.from_pylist(list(rows.values()), schema=INTAKE[name].schema))


def _put(run: Run, results: list[dict[str, pa.Table]]) -> None:
    if results:
        put_refined(run.con, {name: pa.concat_tables([r[name] for r in results]) for name in REFINED_TABLES})
        results.clear()


def _is_enough(results: list[dict[str, pa.Table]]) -> bool:
    rows = sum(int(tables["refined"].num_rows) for tables in results)
    size = sum(int(table.nbytes) for each in results for table in each.values())
    return rows >= PUT_ROWS or size >= PUT_BYTES


def _failed(batch: pa.Table, failure: Failure) -> dict[str, pa.Table]:
    empty = {name: INTAKE[name].schema.empty_table() for name in REFINED_TABLES}
    rows = [
        refuse(row, failure.step or Step.EXTRACT, failure.reason, failure.detail) for row in batch.to_pylist()
    ]
    return empty | {"refusals": pa.Table.from_pylist(rows, schema=INTAKE["refusals"].schema)}


def _chunks(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    chunk: list[Item] = []
    weight = 0
    for item in items:
        chunk.append(item)
        weight += len(getattr(item, "payload", None) or b"")
        if len(chunk) >= size or weight >= STORE_BYTES:
            yield chunk
            chunk, weight = [], 0
    if chunk:
        yield chunk
