"""Runs commands that kill themselves at a certain call to a database or to the file system, as kill -9 would there.

One process loads all that they need and forks each of them.
"""

import importlib
import itertools
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

CALLS = frozenset(
    {"execute", "executemany", "executescript", "rename", "replace", "unlink", "rmdir", "fsync", "register"}
)
"""Between two of these nothing lasting changes."""

LATE = (
    *(f"copydesk.flows.cli.{name}" for name in ("main", "progress", "forget", "maintain", "backup")),
    *(f"copydesk.flows.{name}" for name in ("forget", "maintain", "settle_changes", "migration_functions")),
    *(f"copydesk.warehouse.{name}" for name in ("backup", "read_article", "search.update_index")),
)
"""What commands load late: each process would load it anew, watched call by call."""


@dataclass(frozen=True, slots=True)
class Killer:
    """Starts commands, each in a process of its own."""

    process: "subprocess.Popen[str]"

    def run(self, *words: object, at: int = 0) -> tuple[int, int]:
        """Run a command, killed at the n-th call (0: never); return its exit code (-9 if killed) and its calls."""
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(json.dumps([at, *map(str, words)]) + "\n")
        self.process.stdin.flush()
        code, calls = self.process.stdout.readline().split()
        return int(code), int(calls)


@contextmanager
def killer() -> Iterator[Killer]:
    """Have a process from which commands are forked."""
    with subprocess.Popen(
        [sys.executable, __file__],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    ) as process:
        yield Killer(process)
        assert process.stdin
        process.stdin.close()


def die_at(at: int) -> Iterator[int]:
    """Let this process kill itself at the n-th call from now on (0: never); what is returned goes on counting them."""
    count = itertools.count(1)

    def watch(_frame: object, event: str, called: object) -> None:
        if event == "c_call" and getattr(called, "__name__", "") in CALLS:
            is_of_text = isinstance(getattr(called, "__self__", None), str)
            if not is_of_text and next(count) == at:
                os.kill(os.getpid(), 9)

    sys.setprofile(watch)
    return count


def _run(at: int, words: list[str], calls: Path) -> None:
    from multiprocessing import forkserver

    from copydesk.flows.cli.main import main

    # It runs, as a child of the one that forked this.
    forkserver.ensure_running = forkserver._forkserver.ensure_running = lambda: None  # type: ignore[attr-defined]
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    sys.argv = ["copydesk", *words]
    count = die_at(at)
    code = 0
    try:
        main()
    except SystemExit as ended:
        code = int(ended.code or 0)
    sys.setprofile(None)
    calls.write_text(str(next(count) - 1))
    os._exit(code)


if __name__ == "__main__":
    import tempfile

    from small_databases import small_databases

    from copydesk.flows.workers.open_workers import start_fork_server

    for name in LATE:
        importlib.import_module(name)
    start_fork_server()
    told = Path(tempfile.mkdtemp()) / "calls"
    for line in sys.stdin:
        at, *words = json.loads(line)
        told.write_text("0")
        child = os.fork()
        if not child:
            with small_databases():
                _run(at, words, told)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        sys.stdout.write(f"{code} {told.read_text()}\n")
        sys.stdout.flush()
