"""Takes what a source yields into the staging folder: documents stored and refined, or refused; states remembered."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

import pyarrow as pa

from copydesk.flows.ingest.arrivals_table import arrivals_table
from copydesk.flows.ingest.run import Run
from copydesk.flows.read.raw_document import UNREADABLE, RawDocument, Refused
from copydesk.flows.sources.items import Item, RobotsState, SourceReport, UrlState, redact_item
from copydesk.flows.workers.map_batches import map_batches
from copydesk.flows.workers.refine_task import failed_rows, refine_part
from copydesk.flows.workers.worker import Failure
from copydesk.schemas.staged import STAGED
from copydesk.warehouse.staging.shard import SHARD_BYTES, Part
from copydesk.warehouse.staging.store_new import begin_source, store_new

if TYPE_CHECKING:
    from copydesk.flows.ingest.choose_sources import AnySource


@dataclass(frozen=True, slots=True)
class Taken:
    """What sources yielded: documents, those of them known byte for byte, and reports.

    `retried_count` are documents that no source brought: they stood in quarantine. `unreadable` are places and sources
    that could not be read, whether or not that is on record already.
    """

    seen_count: int = 0
    known_count: int = 0
    reports: tuple[SourceReport, ...] = ()
    retried_count: int = 0
    unreadable: tuple[str, ...] = ()

    def __add__(self, other: "Taken") -> "Taken":
        return Taken(*(getattr(self, name) + getattr(other, name) for name in self.__slots__))


def stage_source(run: Run, source: "AnySource") -> Taken:
    """Stage all that a source yields, `batch_size` at a time. Safe to call again after an error at any point."""
    taken = Taken()

    def parts(items: Iterator[Item]) -> Iterator[Part]:
        nonlocal taken
        for chunk in _chunks(items, min(source.batch_size, run.portion_documents)):
            new, counted = _store(run, chunk)
            taken += counted
            yield from new

    refine_parts(run, begin_source(run.con, run.staging, source.names))
    with closing(source.items(run)) as items:  # a run that is stopped stops its fetching too
        refine_parts(run, parts(items))
    return taken


def refine_parts(run: Run, parts: Iterable[Part]) -> None:
    """Refine parts of shards in the workers, which write what they give beside them."""
    for part, result in map_batches(refine_part, parts, workers=run.workers):
        if isinstance(result, Failure):
            part.write(failed_rows(part.read(), result))
        run.progress("refine", part.num_rows)


def _store(run: Run, items: Sequence[Item]) -> tuple[list[Part], Taken]:
    """Store documents with the states that say they are in."""
    items = [redact_item(item) for item in items]
    arrivals = [item for item in items if isinstance(item, RawDocument | Refused)]
    documents, refusals = arrivals_table(arrivals)
    states = {
        "url_states": _states("url_states", [item for item in items if isinstance(item, UrlState)]),
        "robots_rules": _states("robots_rules", [item for item in items if isinstance(item, RobotsState)]),
    }
    new, known_count = store_new(run.con, run.staging, documents, refusals, states)
    known_count += len(arrivals) - documents.num_rows
    run.progress("read", len(arrivals))
    reports = tuple(item for item in items if isinstance(item, SourceReport))
    unreadable = tuple(
        f"{item.source_id}: {item.origin}: {item.detail}"
        for item in arrivals
        if isinstance(item, Refused) and item.reason in UNREADABLE
    )
    unreadable += tuple(
        f"{each.source_id}: {each.reason}: {each.detail}" for each in reports if each.outcome == "failed"
    )
    return new, Taken(len(arrivals), known_count, reports, unreadable=unreadable)


def _states(name: str, states: Sequence[UrlState | RobotsState]) -> pa.Table:
    """Return states as rows; of several of one address the last counts."""
    rows = {tuple(str(getattr(state, key)) for key in STAGED[name].key): asdict(state) for state in states}
    return pa.Table.from_pylist(list(rows.values()), schema=STAGED[name].schema)


def _chunks(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    chunk: list[Item] = []
    weight = 0
    for item in items:
        added = len(getattr(item, "payload", None) or b"")
        if chunk and (len(chunk) >= size or weight + added > SHARD_BYTES):
            yield chunk
            chunk, weight = [], 0
        chunk.append(item)
        weight += added
    if chunk:
        yield chunk
