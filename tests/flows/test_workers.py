"""Work in processes: in order, bounded, and what goes wrong costs one document, and none on a slow machine."""

import errno
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from copydesk.flows.workers.do_work import Setup, begin_step
from copydesk.flows.workers.limits import Limits
from copydesk.flows.workers.map_batches import AHEAD, map_batches
from copydesk.flows.workers.open_workers import Workers, open_workers
from copydesk.flows.workers.worker import Failure, Worker, WorkersError

LIMITS = Limits(document_seconds=0.2, memory_bytes=600 * 2**20)


class Unhurried(Limits):
    """Limits without a clock on the wall: on a busy machine a document may get hardly any processor."""

    @property
    def wall_seconds(self) -> float:
        return 3_600.0


def work(batch: pa.Table) -> list[str]:
    """Do what each row says."""
    return [act(word) for word in batch["word"].to_pylist()]


def told_work(batch: pa.Table) -> list[str]:
    """Do what each row says, and say so before."""
    done = []
    for row, word in enumerate(batch["word"].to_pylist()):
        begin_step(row, "clean")
        done.append(act(word))
    return done


def picky_work(batch: pa.Table) -> list[str]:
    """Do what each row says, but the picky one dies where its process has done anything before."""
    done = []
    for row, word in enumerate(batch["word"].to_pylist()):
        begin_step(row, "clean")
        if word == "picky" and _done:
            act("die")
        done.append(act(word))
        _done.append(word)
    return done


_done: list[str] = []
"""What this process has done for those who are picky."""


def act(word: str) -> str:  # noqa: C901 - one case a mishap
    kind, _, rest = word.partition(" ")
    match kind:
        case "hang":
            time.sleep(60)
        case "spin":
            while True:
                pass
        case "compute":
            compute(float(rest))
        case "explode":
            _ = bytearray(2**31)
        case "die":
            os.kill(os.getpid(), signal.SIGSEGV)
        case "leave":
            os._exit(3)
        case "stop":
            os.kill(os.getpid(), signal.SIGSTOP)
        case "once":  # the first process that comes here dies, as by another's fault
            if not Path(rest).exists():
                Path(rest).touch()
                os.kill(os.getpid(), signal.SIGKILL)
        case "nap":
            time.sleep(float(rest))
        case "greet":  # opening a pipe waits for the other end
            Path(rest).open("w").close()
            act("spin")
    return word.upper()


def compute(seconds: float) -> None:
    """Use the processor for so long, however long that takes."""
    end = time.process_time() + seconds
    while time.process_time() < end:
        pass


def slow_start(seconds: float) -> None:
    compute(seconds)


def bad_start() -> None:
    os._exit(5)


def batches(words: list[str], rows: int) -> Iterator[pa.Table]:
    for start in range(0, len(words), rows):
        yield pa.table({"word": words[start : start + rows]})


def results(words: list[str], rows: int, workers: Workers, function: Any = work) -> list[Any]:
    """Return the result of each row: what it gave, or its failure."""
    done: list[Any] = []
    for batch, result in map_batches(function, batches(words, rows), workers=workers):
        done += [result] * batch.num_rows if isinstance(result, Failure) else result
    return done


@pytest.mark.parametrize("function", [work, told_work], ids=["silent", "told"])
@pytest.mark.parametrize(
    ("bad", "reason", "detail"),
    [
        ("hang", "timeout", "was not done after 2 s"),
        ("spin", "timeout", "took more than 0.2 s of processor time"),
        ("explode", "out_of_memory", "took more than 0.585938 GB"),
        ("die", "crashed", "ended its process (SIGSEGV)"),
        ("leave", "crashed", "ended its process (exit code 3)"),
    ],
)
def test_one_bad_document_takes_no_neighbour_along(bad: str, reason: str, detail: str, function: Any) -> None:
    """A hang, crash or explosion fails its own row, with the reason and the limit; all others give results, in order."""
    words = [f"w{n}" for n in range(5)] + [bad] + [f"v{n}" for n in range(4)]
    limits = LIMITS if bad == "hang" else Unhurried(LIMITS.document_seconds, LIMITS.memory_bytes)
    with open_workers(count=2, limits=limits) as workers:
        done = results(words, 4, workers, function)
    failed = done[words.index(bad)]
    assert (failed.reason, failed.detail) == (reason, detail)
    assert [each for each in done if each is not failed] == [word.upper() for word in words if word != bad]
    assert failed.step == ("clean" if function is told_work else None)


def test_who_waits_is_not_late() -> None:
    """Processor time counts: a document that gets none for longer than its limit, as on a busy machine, is done."""
    words = ["nap 1.0", "a", "b"]
    with open_workers(count=1, limits=LIMITS) as workers:
        assert results(words, 3, workers) == [word.upper() for word in words]


def test_each_document_has_its_own_time() -> None:
    """A batch of documents that each stay below the limit is done, however long all take together."""
    words = ["compute 0.25"] * 4
    with open_workers(count=1, limits=Limits(document_seconds=0.4)) as workers:
        assert results(words, 4, workers, told_work) == [word.upper() for word in words]


def test_making_ready_is_nobodys_time() -> None:
    """What a worker loads or compiles before its first document counts against none."""
    with open_workers(count=1, limits=LIMITS, initializer=slow_start, arguments=(1.0,)) as workers:
        assert results(["a", "b"], 1, workers) == ["A", "B"]


@pytest.mark.parametrize("rows", [1, 4])
def test_who_dies_by_anothers_fault_is_not_blamed(tmp_path: Path, rows: int) -> None:
    """A document is blamed only when it failed alone in a process of its own: one death from outside costs nobody."""
    words = ["a", f"once {tmp_path / 'mark'}", "b", "c"]
    with open_workers(count=1, limits=LIMITS) as workers:
        assert results(words, rows, workers) == [word.upper() for word in words]


def test_who_dies_of_what_its_neighbours_left_is_not_blamed() -> None:
    """The trial of a document takes a process that has done nothing before, not that in which its neighbour was tried."""
    words = ["a", "picky", "b"]
    with open_workers(count=1, limits=LIMITS) as workers:
        assert results(words, 3, workers, picky_work) == [word.upper() for word in words]


def test_a_process_that_stands_still_is_ended() -> None:
    """A stopped process has no clock of its own; its document fails as a timeout and all others are done."""
    limits = Limits(document_seconds=0.3)
    with open_workers(count=1, limits=limits) as workers:
        first, second = results(["stop", "b"], 2, workers)
    assert (first.reason, second) == ("timeout", "B")


def test_workers_that_cannot_start_are_nobodys_fault() -> None:
    """Where no process can be made ready, the run ends with that word, and no document is blamed for it."""
    with (
        open_workers(count=1, limits=LIMITS, initializer=bad_start) as workers,
        pytest.raises(WorkersError, match="exit code 5"),
    ):
        results(["a", "b"], 1, workers)


def test_batches_are_taken_only_as_fast_as_they_are_used() -> None:
    """Never more than a few batches a worker are read ahead of the results, so memory stays bounded."""
    taken: list[int] = []

    def counted() -> Iterator[pa.Table]:
        for number in range(40):
            taken.append(number)
            yield pa.table({"word": [str(number)]})

    with open_workers(count=2, limits=LIMITS) as workers:
        given = map_batches(work, counted(), workers=workers)
        for used, _ in enumerate(given, 1):
            assert len(taken) - used <= 2 * AHEAD
    assert len(taken) == 40


def test_a_mistake_of_ours_is_raised() -> None:
    """An error that is not the world's garbage is not swallowed, and tells where in the worker it arose."""
    with open_workers(count=1, limits=LIMITS) as workers, pytest.raises(KeyError) as raised:
        list(map_batches(work, [pa.table({"other": ["x"]})], workers=workers))
    assert "in work" in "".join(raised.value.__notes__)


def test_leaving_ends_work_under_way(tmp_path: Path) -> None:
    """Who leaves the block, by an error or the keyboard, does not wait for what the workers are at."""
    os.mkfifo(tmp_path / "pipe")
    with open_workers(count=1, limits=Limits(document_seconds=3_600)) as workers:
        future = workers.submit(act, f"greet {tmp_path / 'pipe'}")
        (tmp_path / "pipe").open().close()
    assert future.result().reason == "crashed"


def test_workers_that_rest_hold_nothing() -> None:
    """Resting workers are gone, and the next work finds others."""
    with open_workers(count=2, limits=LIMITS) as workers:
        first = [workers.submit(os.getpid).result() for _ in range(2)]
        workers.rest()
        for process in set(first):
            with pytest.raises(ProcessLookupError):
                os.kill(process, 0)
        assert workers.submit(os.getpid).result() not in first


class _NoProcess(multiprocessing.context.SpawnProcess):
    def start(self) -> None:
        """End as the system ends it: what is forked from is gone."""
        raise BrokenPipeError(errno.EPIPE, "Broken pipe")


def test_a_worker_that_dies_before_it_lives_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that is killed while it is made has not even an ending: no worker can be started, and why."""
    context = multiprocessing.get_context("spawn")
    monkeypatch.setattr(context, "Process", _NoProcess)  # the process has one such context
    with pytest.raises(WorkersError, match="Broken pipe"):
        Worker(context, Setup(LIMITS, None, ()))


def test_a_script_needs_no_guard(tmp_path: Path) -> None:
    """A worker runs nothing of the script that has asked for it; of one that is killed nothing is left behind.

    What it is asked by stands where a socket can stand, whatever folder is named for such things.
    """
    script, far = tmp_path / "script.py", tmp_path / ("quay" * 25)
    far.mkdir()
    script.write_text(
        "import os, signal\n"
        "from multiprocessing.util import get_temp_dir\n"
        "from copydesk.flows.workers.limits import Limits\n"
        "from copydesk.flows.workers.open_workers import open_workers\n"
        "print('begun')\n"
        "with open_workers(count=1, limits=Limits()) as workers:\n"
        "    print(workers.submit(os.getcwd).result(), get_temp_dir(), flush=True)\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n",
        "utf-8",
    )
    paths = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "TMPDIR": str(far)}
    asked = [sys.executable, str(script)]
    done = subprocess.run(asked, cwd=tmp_path, env=paths, stdout=subprocess.PIPE, text=True, check=False)
    *told, folder = done.stdout.split()  # all of it: the last process that writes there has ended
    assert (done.returncode, told) == (-signal.SIGKILL, ["begun", str(tmp_path)])
    assert not Path(folder).exists()
