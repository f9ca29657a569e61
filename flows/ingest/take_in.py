"""Takes the documents of a source into the intake: stored, refined, or refused with a reason."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

import pyarrow as pa

from flows.ingest.arrivals_table import arrivals_table
from flows.ingest.run import Run
from flows.read.raw_document import Arrival
from flows.workers.map_batches import Failure, map_batches
from flows.workers.refine_task import refine_batch
from schemas.intake import INTAKE, REFINED_TABLES
from transforms.refine import refuse
from warehouse.intake import put_refined, take_in

STORE_ROWS = 500
"""Documents that are stored in one transaction of the intake."""

WORK_ROWS = 40
"""Documents that a worker refines at a time: a second or so of work, little to do again after a crash."""

SLICE_ROWS = 5_000
"""Documents of one task: large against a task's cost, small against a run."""


@dataclass(frozen=True, slots=True)
class Taken:
    """How many documents a slice had, and how many of them the warehouse knew byte for byte."""

    seen_count: int = 0
    known_count: int = 0

    def __add__(self, other: "Taken") -> "Taken":
        return Taken(self.seen_count + other.seen_count, self.known_count + other.known_count)


def take_in_slice(run: Run, arrivals: Iterator[Arrival]) -> Taken:
    """Take in the next documents of a source; zero seen means that it is exhausted."""
    taken = Taken()
    fresh: list[pa.Table] = []

    def batches() -> Iterator[pa.Table]:
        nonlocal taken
        for batch in _chunks(islice(arrivals, SLICE_ROWS), STORE_ROWS):
            new, count = _store(run, batch)
            taken += count
            for start in range(0, new.num_rows, WORK_ROWS):
                yield new.slice(start, WORK_ROWS)

    for batch, result in map_batches(refine_batch, batches(), workers=run.workers):
        fresh.append(_failed(batch, result) if isinstance(result, Failure) else result)
        run.progress("refine", batch.num_rows)
        if sum(tables["refined"].num_rows for tables in fresh) >= STORE_ROWS:
            _put(run, fresh)
    _put(run, fresh)
    return taken


def _store(run: Run, arrivals: list[Arrival]) -> tuple[pa.Table, Taken]:
    documents, refusals = arrivals_table(arrivals)
    new, known_count = take_in(run.con, documents, refusals)
    known_count += len(arrivals) - documents.num_rows
    run.progress("read", len(arrivals))
    return new, Taken(len(arrivals), known_count)


def _put(run: Run, results: list[dict[str, pa.Table]]) -> None:
    if results:
        put_refined(run.con, {name: pa.concat_tables([r[name] for r in results]) for name in REFINED_TABLES})
        results.clear()


def _failed(batch: pa.Table, failure: Failure) -> dict[str, pa.Table]:
    empty = {name: INTAKE[name].schema.empty_table() for name in REFINED_TABLES}
    rows = [refuse(row, "extract", failure.reason, failure.detail) for row in batch.to_pylist()]
    return empty | {"refusals": pa.Table.from_pylist(rows, schema=INTAKE["refusals"].schema)}


def _chunks(arrivals: Iterable[Arrival], size: int) -> Iterator[list[Arrival]]:
    iterator = iter(arrivals)
    while chunk := list(islice(iterator, size)):
        yield chunk
