"""Maps a function over batches in worker processes; a crash, hang or explosion costs one document only.

Which one it was, only a trial tells: a document is blamed when it has failed alone, in a process that had done
nothing before. All others of its batch are done again.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Protocol, Self, TypeVar

from copydesk.flows.stopping import waiting as waiting_for_signal
from copydesk.flows.workers.worker import Failure

if TYPE_CHECKING:
    from concurrent.futures import Future

AHEAD = 4
"""Batches in flight per worker: results come in order, so one slow batch must not leave others idle."""


class Batch(Protocol):
    """Some rows that can be cut: a table, or a part of a shard."""

    @property
    def num_rows(self) -> int:
        """How many rows they are."""

    def slice(self, start: int, length: int, /) -> Self:
        """Return some of them."""


B = TypeVar("B", bound=Batch)


class Refiners(Protocol):
    """What does the work: processes of this machine (`open_workers`), or a cluster (`open_dask`)."""

    @property
    def count(self) -> int:
        """How many batches are worked on at once."""

    def submit(
        self, function: Callable[..., Any], batch: Any, /, *, needs_new: bool = False
    ) -> "Future[Any | Failure]":
        """Let the function do a batch; the future holds what it gives, or a Failure."""


def map_batches(
    function: Callable[[B], Any], batches: Iterable[B], *, workers: Refiners
) -> Iterator[tuple[B, Any | Failure]]:
    """Yield each batch with its result, in the order in which they were given.

    `function` is a module-level function. Of a batch that fails its parts come one after the other, and a row that
    fails on its own has a Failure for a result. At most AHEAD batches a worker are taken ahead of the results.
    """
    waiting: deque[tuple[B, Future[Any | Failure]]] = deque()
    for batch in batches:
        waiting.append((batch, workers.submit(function, batch)))
        if len(waiting) >= workers.count * AHEAD:
            yield from _finish(function, *waiting.popleft(), workers)
    while waiting:
        yield from _finish(function, *waiting.popleft(), workers)


def _finish(
    function: Callable[[B], Any], batch: B, future: "Future[Any | Failure]", workers: Refiners
) -> Iterator[tuple[B, Any | Failure]]:
    with waiting_for_signal():
        result = future.result()
    if not isinstance(result, Failure):
        yield batch, result
        return
    parts = _parts(batch, result.row)
    trials = [workers.submit(function, part, needs_new=part.num_rows == 1) for part in parts]
    for part, trial in zip(parts, trials, strict=True):
        if part.num_rows == 1:
            with waiting_for_signal():
                result = trial.result()
            yield part, result
        else:
            yield from _finish(function, part, trial, workers)


def _parts(batch: B, suspect: int | None) -> list[B]:
    """Cut a batch that failed: around the row that it had come to, or in the middle where it named none."""
    middle = batch.num_rows // 2
    cuts = [middle] if suspect is None or suspect >= batch.num_rows else [suspect, suspect + 1]
    parts = [batch.slice(start, end - start) for start, end in pairwise([0, *cuts, batch.num_rows])]
    return [part for part in parts if part.num_rows]
