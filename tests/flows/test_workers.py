"""Work in processes: in order, bounded, and what goes wrong costs one document."""

import os
import signal
import time
from collections.abc import Iterator

import pyarrow as pa
import pytest

from flows.workers.limits import Limits
from flows.workers.map_batches import AHEAD, Failure, map_batches, open_workers

LIMITS = Limits(document_seconds=2.0, batch_row_seconds=0.1, memory_bytes=600 * 2**20)


def work(batch: pa.Table) -> list[str]:
    """Do what each row says."""
    return [act(word) for word in batch["word"].to_pylist()]


def act(word: str) -> str:
    match word:
        case "hang":
            time.sleep(60)
        case "spin":
            while True:
                pass
        case "explode":
            _ = bytearray(2**31)
        case "die":
            os.kill(os.getpid(), signal.SIGSEGV)
        case "leave":
            os._exit(3)
    return word.upper()


def batches(words: list[str], rows: int) -> Iterator[pa.Table]:
    for start in range(0, len(words), rows):
        yield pa.table({"word": words[start : start + rows]})


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        ("hang", "timeout"),
        ("spin", "timeout"),
        ("explode", "out_of_memory"),
        ("die", "crashed"),
        ("leave", "crashed"),
    ],
)
def test_one_bad_document_takes_no_neighbour_along(bad: str, reason: str) -> None:
    """A hang, crash or explosion fails its own row, with the reason; all others give results, in order."""
    words = [f"w{n}" for n in range(7)] + [bad] + [f"v{n}" for n in range(8)]
    done: list[str] = []
    with open_workers(count=2, limits=LIMITS) as workers:
        for batch, result in map_batches(work, batches(words, 4), workers=workers):
            done += [f"!{result.reason}"] * batch.num_rows if isinstance(result, Failure) else result
    assert done == [f"!{reason}" if word == bad else word.upper() for word in words]


def test_batches_are_taken_only_as_fast_as_they_are_used() -> None:
    """Never more than a few batches a worker are read ahead of the results, so memory stays bounded."""
    taken: list[int] = []

    def counted() -> Iterator[pa.Table]:
        for number in range(40):
            taken.append(number)
            yield pa.table({"word": [str(number)]})

    with open_workers(count=2, limits=LIMITS) as workers:
        results = map_batches(work, counted(), workers=workers)
        for used, _ in enumerate(results, 1):
            assert len(taken) - used <= 2 * AHEAD
    assert len(taken) == 40


def test_a_mistake_of_ours_is_raised() -> None:
    """An error that is not the world's garbage is not swallowed."""
    with open_workers(count=1, limits=LIMITS) as workers, pytest.raises(KeyError):
        list(map_batches(work, [pa.table({"other": ["x"]})], workers=workers))
