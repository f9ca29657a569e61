"""What refining on two Dask workers costs against one process of this machine, and whether the tables agree.

    python -m benchmarks.cluster [PAGES] [ROWS]
    python -m benchmarks.cluster --killed [PAGES] [ROWS]

A worker's seconds are those of its process and all that it started, up to the last shard. As fast as the busier of two
workers is to one process alone, so fast would two machines be, if nothing else were slow. `--killed` reads the sample,
pages and rows as one load, and kills a worker once a quarter of it is refined.
"""

import os
import signal
import sys
import tempfile
import time
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from distributed import LocalCluster

from benchmarks.ingest import SEEDS, lay_out
from benchmarks.tree import cpu_seconds, processes
from copydesk.flows.ingest.plan import ingest
from copydesk.flows.settings import Settings

sys.path[:0] = [str(Path(__file__).parents[1] / "tests")]
from logical_rows import facts_of  # noqa: E402

NOW = datetime(2026, 3, 1, tzinfo=UTC)


class Meter:
    """The processor seconds of some trees of processes since it began, looked at with each shard."""

    def __init__(self, roots: Iterable[int]) -> None:
        self.roots = list(roots)
        self.before = {root: self._now(root) for root in self.roots}
        self.spent = dict.fromkeys(self.roots, 0.0)
        self.refined = 0

    def __call__(self, step: str, count: int) -> None:
        if step == "refine":
            self.refined += count
            self.spent = {root: self._now(root) - self.before[root] for root in self.roots}

    def _now(self, root: int) -> float:
        return sum(map(cpu_seconds, processes(root)))


def main() -> None:
    if is_killing := "--killed" in sys.argv:
        sys.argv.remove("--killed")
    pages, rows = (int(given) for given in (*sys.argv[1:], *("200", "2000")[len(sys.argv) - 1 :]))
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        page_folder, row_folder, _ = lay_out(place, pages, rows)
        if is_killing:
            lose_a_worker(place, [SEEDS, page_folder, row_folder], most=pages + rows)
            return
        for name, source in (("pages", page_folder), ("texts", row_folder)):
            alone = Settings(warehouse=place / f"{name}-alone", workers=1)
            meter = Meter([os.getpid()])
            ingest([source], settings=alone, now=NOW, progress=meter)
            one = meter.spent[os.getpid()]
            with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address="127.0.0.1:0") as cluster:
                both = [nanny.process.pid for nanny in cluster.workers.values()]
                wide = Settings(
                    warehouse=place / f"{name}-wide", engine="dask", dask=cluster.scheduler_address
                )
                meter = Meter([*both, os.getpid()])
                ingest([source], settings=wide, now=NOW, progress=meter)
            each = [meter.spent[pid] for pid in both]
            here = meter.spent[os.getpid()] - sum(each)
            equal = facts_of(alone.place) == facts_of(wide.place)
            print(
                f"{name}: {meter.refined} documents; one machine {one:.1f} CPU s; two Dask workers"
                f" {each[0]:.1f} and {each[1]:.1f}, the sending machine {here:.1f}; {one / max(*each, here):.2f} times"
                f" as fast at best; tables {'equal' if equal else 'DIFFER'}",
                flush=True,
            )


def lose_a_worker(place: Path, folders: list[Path], *, most: int) -> None:
    """Load the folders on one machine and on two Dask workers of which one is killed; print whether tables agree."""
    alone = Settings(warehouse=place / "alone", workers=1)
    began = time.process_time()
    ingest(folders, settings=alone, now=NOW)
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address="127.0.0.1:0") as cluster:
        victims = [cluster.workers[0].process.pid]
        refined = 0

        def kill(step: str, count: int) -> None:
            nonlocal refined
            refined += count if step == "refine" else 0
            if victims and refined > most / 4:
                os.kill(victims.pop(), signal.SIGKILL)

        wide = Settings(warehouse=place / "wide", engine="dask", dask=cluster.scheduler_address)
        told = ingest(folders, settings=wide, now=NOW, progress=kill)
    one, other = facts_of(alone.place), facts_of(wide.place)
    print(
        f"{told.seen_count} documents, {told.quarantined_count} quarantined, a worker"
        f" {'was not' if victims else 'was'} killed; {sum(map(len, one.values())):,} logical rows of {len(one)} tables"
        f" {'equal' if one == other else 'DIFFER: ' + ', '.join(n for n in one if one[n] != other[n])};"
        f" {time.process_time() - began:.0f} CPU s of the sending machine for both"
    )


if __name__ == "__main__":
    main()
