"""Commands and ingests in processes of their own, for rights, limits, closed streams, locks and kills.

They are forked from the process that workers are forked from, which has loaded all that they need (`warm_commands`):
to start one costs a fiftieth of what a new program does, and the moments of a kill fall into its work, not into what
a process loads.
"""

import itertools
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from multiprocessing import forkserver
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, NamedTuple

from small_databases import small_databases

from copydesk.flows.ingest.plan import ingest
from copydesk.flows.settings import Settings
from copydesk.flows.workers.open_workers import start_fork_server

NOW = datetime(2026, 3, 1, tzinfo=UTC)

CALLS = frozenset(
    {"execute", "executemany", "executescript", "rename", "replace", "unlink", "rmdir", "fsync", "register"}
)
"""Between two of these nothing lasting changes."""


class Told(NamedTuple):
    """How a process ended, and what it said on standard output and standard error."""

    code: int
    out: str
    err: str


@dataclass(frozen=True, slots=True)
class Forked:
    """A process that was started, and the folder that its output goes to."""

    process: BaseProcess
    folder: Path

    def wait(self, seconds: float | None = None) -> int | None:
        """Return its exit code (-9 if killed), or nothing where it still runs after so many seconds."""
        self.process.join(seconds)
        return self.process.exitcode

    def told(self) -> Told:
        """Wait for its end; return what it told."""
        self.process.join()
        out, err = ((self.folder / name).read_bytes().decode() for name in ("out", "err"))
        return Told(self.process.exitcode, out, err)

    def calls(self) -> int:
        """Return how many calls that last it has made, where it was not killed."""
        return int((self.folder / "calls").read_text())


def fork(
    folder: Path,
    function: Callable[..., Any],
    *arguments: Any,
    at: int | None = None,
    before: Callable[[], Any] | None = None,
) -> Forked:
    """Start a process that calls a function of a module, from a folder of its own.

    It calls `before` first, and kills itself at the n-th call to a database or the file system; at 0 it only counts them.
    """
    folder.mkdir(exist_ok=True, parents=True)
    start_fork_server()
    process = multiprocessing.get_context("forkserver").Process(
        target=_run, args=(folder, dict(os.environ), before, at, function, arguments)
    )
    process.start()
    return Forked(process, folder)


def fork_ingest(folder: Path, paths: Sequence[Path], *, at: int | None = None, **settings: Any) -> Forked:
    """Start an ingest of some paths with one worker."""
    return fork(folder, _ingest, [*paths], {"workers": 1} | settings, at=at)


def fork_command(
    folder: Path, *words: object, at: int | None = None, before: Callable[[], Any] | None = None
) -> Forked:
    """Start a command, told by its words without `copydesk`."""
    return fork(folder, _command, [*map(str, words)], at=at, before=before)


def run_commands(
    folder: Path, commands: Mapping[str, Sequence[object]], *, before: Callable[[], Any] | None = None
) -> dict[str, Told]:
    """Run one command after the other; return what each told."""
    return {
        name: fork_command(folder / name, *words, before=before).told() for name, words in commands.items()
    }


def close_output() -> None:
    """Leave this process without a reader of its standard output, as after `| head`."""
    reading, writing = os.pipe()
    os.close(reading)
    os.dup2(writing, 1)
    os.close(writing)


def _run(
    folder: Path,
    environment: dict[str, str],
    before: Callable[[], Any] | None,
    at: int | None,
    function: Callable[..., Any],
    arguments: tuple[Any, ...],
) -> None:
    signal.pthread_sigmask(signal.SIG_SETMASK, [])  # the server hears nothing
    # It runs, as the one that forked this.
    forkserver.ensure_running = forkserver._forkserver.ensure_running = lambda: None  # type: ignore[attr-defined]
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    for number, name in ((1, "out"), (2, "err")):
        with Path(name).open("wb") as file:
            os.dup2(file.fileno(), number)
    letters = environment.get("PYTHONIOENCODING", "utf-8")
    sys.stdout, sys.stderr = (open(number, "w", encoding=letters, closefd=False) for number in (1, 2))  # noqa: SIM115
    (before or int)()
    with small_databases(), _dying(at):
        function(*arguments)


@contextmanager
def _dying(at: int | None) -> Iterator[None]:
    if at is None:
        yield
        return
    count = itertools.count(1)

    def watch(_frame: object, event: str, called: object) -> None:
        if event == "c_call" and getattr(called, "__name__", "") in CALLS:
            is_of_text = isinstance(getattr(called, "__self__", None), str)
            if not is_of_text and next(count) == at:
                os.kill(os.getpid(), signal.SIGKILL)

    with Path("calls").open("w") as calls:
        sys.setprofile(watch)
        try:
            yield
        finally:
            sys.setprofile(None)
            calls.write(str(next(count) - 1))


def _command(words: list[str]) -> None:
    from copydesk.flows.cli.main import main

    sys.argv = ["copydesk", *words]
    main()


def _ingest(paths: list[Path], settings: dict[str, Any]) -> None:
    ingest(paths, settings=Settings(**settings), now=NOW)
