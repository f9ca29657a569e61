"""Runs a command and measures it with all its processes: processor seconds and memory. Linux only."""

import json
import os
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Spent:
    """What a command took: processor seconds and peak of proportional set size (MB), with its processes and alone.

    `told` is the last line that it printed, where that is JSON. Processes shorter than a twentieth of a second can be
    missed.
    """

    cpu_seconds: float
    main_cpu_seconds: float
    peak_mb: float
    main_peak_mb: float
    told: Any = None


def run_tree(command: Sequence[str], settings: Mapping[str, str] | None = None) -> Spent:
    """Run a command to its end, whatever its exit code."""
    cpu: dict[int, float] = {}
    peak = alone = 0.0
    with subprocess.Popen(command, env=os.environ | dict(settings or {}), stdout=subprocess.PIPE) as run:
        turn = 0
        while run.poll() is None:
            pids = list(processes(run.pid))
            for pid in pids:
                cpu[pid] = max(cpu.get(pid, 0.0), cpu_seconds(pid))
            if turn % 5 == 0:
                sizes = [megabytes(pid) for pid in pids]
                peak, alone = max(peak, sum(sizes)), max(alone, sizes[0])
            turn += 1
            time.sleep(0.04)
        out = run.stdout.read().decode() if run.stdout else ""
    return Spent(sum(cpu.values()), cpu[run.pid], peak, alone, _told(out))


def processes(parent: int) -> Iterator[int]:
    """Yield a process and all that it has started, and those of them."""
    yield parent
    for task in Path(f"/proc/{parent}/task").glob("*"):
        try:
            children = (task / "children").read_text("ascii").split()
        except OSError:
            continue
        for child in children:
            yield from processes(int(child))


def cpu_seconds(process: int) -> float:
    """Return the processor time of a process so far; 0 where it is gone."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text("ascii", "replace").rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / TICKS


def megabytes(process: int) -> float:
    """Return the proportional set size of a process; 0 where it is gone."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text("ascii").splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:")), 0.0)


def _told(out: str) -> Any:
    last = out.strip().rpartition("\n")[2]
    return json.loads(last) if last.startswith(("{", "[")) else None
