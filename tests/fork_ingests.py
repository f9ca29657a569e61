"""Runs that may be killed: each a process of its own, forked from one that has loaded all that they need.

So the moments of a kill fall into runs, and not into what a process loads first.
"""

import json
import os
import select
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

NOW = datetime(2026, 3, 1, tzinfo=UTC)

FORK = """
import json, os, sys
from datetime import UTC, datetime
from multiprocessing import forkserver
from pathlib import Path
import copydesk.flows.settle_changes
from copydesk.flows.ingest.plan import ingest
from copydesk.flows.settings import Settings
from copydesk.flows.workers.open_workers import start_fork_server
from killed import die_at
from small_databases import small_databases
if __name__ == "__main__":
    start_fork_server()
    for line in sys.stdin:
        child = os.fork()
        if not child:
            # It runs, as a child of the one that forked this.
            forkserver.ensure_running = forkserver._forkserver.ensure_running = lambda: None
            paths, settings, at = json.loads(line)
            die_at(at)
            with small_databases():
                ingest([*map(Path, paths)], settings=Settings(**settings), now=datetime(2026, 3, 1, tzinfo=UTC))
            os._exit(0)
        print(child, flush=True)
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""


@dataclass(slots=True)
class Starter:
    """Starts one run at a time."""

    process: "subprocess.Popen[bytes]"
    run: int = 0

    def start(self, paths: Sequence[Path], *, at: int = 0, **settings: Any) -> None:
        """Start an ingest of some paths, killed at its n-th call to a database or the file system (0: never)."""
        assert self.process.stdin
        line = json.dumps([[*map(str, paths)], {"workers": 1} | settings, at], default=str)
        self.process.stdin.write(f"{line}\n".encode())
        self.run = self._read()

    def wait(self, seconds: float | None = None) -> int | None:
        """Return the exit code of the run, or nothing where it still runs after so many seconds."""
        assert self.process.stdout
        if not select.select([self.process.stdout], [], [], seconds)[0]:
            return None
        return self._read()

    def kill(self) -> None:
        """Kill the run, if it still runs; `wait` for it then."""
        with suppress(ProcessLookupError):
            os.kill(self.run, signal.SIGKILL)

    def _read(self) -> int:
        assert self.process.stdout
        return int(self.process.stdout.readline())


@contextmanager
def fork_ingests(folder: Path) -> Iterator[Starter]:
    """Give what starts runs; its script is written into a folder."""
    script = folder / "fork_ingests.py"
    script.write_text(FORK)
    with subprocess.Popen(
        [sys.executable, str(script)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        bufsize=0,  # what is read ahead would not be seen by `select`
        env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    ) as process:
        yield Starter(process)
