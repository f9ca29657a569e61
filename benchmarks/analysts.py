"""What four analysts who never pause cost a run: `python -m benchmarks.analysts WAREHOUSE [--texts 300] [--rounds 2]`.

Each run brings so many texts into a copy of the warehouse: alone, beside four processes that only count, and beside
four readers that ask the questions of `benchmarks.operations` one after the other, a thread each. Read are the
processor seconds of the run's own tree, and its wall time beside readers by that beside the counters: on few
processors both wait for one, so that the wall alone would tell of the processors and not of the warehouse. Linux only.
"""

import argparse
import multiprocessing
import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.ingest import measure
from benchmarks.operations import QUERIES
from benchmarks.repeated_news import write_news
from copydesk.flows.settings import Settings
from copydesk.warehouse.connect import connect_reader

READERS = 4


def count(_warehouse: Path, _asked: object) -> None:
    """Keep a processor busy, and touch nothing."""
    while True:
        pass


def ask(warehouse: Path, asked: multiprocessing.Queue) -> None:
    """Ask one question after the other, each on the newest snapshot."""
    with connect_reader(Settings(warehouse=warehouse).place) as con:
        con.execute("set threads = 1")
        while True:
            for query in QUERIES:
                con.execute(query).fetchall()
            asked.put(len(QUERIES))


def run_beside(work: Callable | None, warehouse: Path, rows: Path) -> tuple[float, float, int]:
    """Return the processor seconds of a run's tree, its wall seconds, and how many questions were answered."""
    asked: multiprocessing.Queue = multiprocessing.Queue()
    others = [
        multiprocessing.Process(target=work, args=(warehouse, asked)) for _ in range(READERS if work else 0)
    ]
    for each in others:
        each.start()
    began = time.perf_counter()
    spent = measure("ingest", rows, {"COPYDESK_WORKERS": "1"}, warehouse)
    wall = time.perf_counter() - began
    for each in others:
        each.kill()
        each.join()
    answered = 0
    while not asked.empty():
        answered += asked.get()
    return spent.cpu_seconds, wall, answered


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("warehouse", type=Path)
    parser.add_argument("--texts", type=int, default=300)
    parser.add_argument("--rounds", type=int, default=2)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        rows = Path(folder) / "rows"
        rows.mkdir()
        write_news(rows / "news.parquet", 10_000, 10_000 + options.texts, days=("2019-06-10",))
        for turn in range(options.rounds):
            found = {}
            for name, work in (("alone", None), ("beside counters", count), ("beside readers", ask)):
                shutil.copytree(options.warehouse, Path(folder) / "w")
                found[name] = run_beside(work, Path(folder) / "w", rows)
                shutil.rmtree(Path(folder) / "w")
                cpu, wall, answered = found[name]
                print(
                    f"{turn + 1} {name}: {cpu:.1f} CPU s, {wall:.1f} s, {answered} questions answered",
                    flush=True,
                )
            alone, counters, readers = found.values()
            print(
                f"{turn + 1} readers cost a run {readers[0] / alone[0]:.2f} times its CPU s alone (counters"
                f" {counters[0] / alone[0]:.2f}), and {readers[1] / counters[1]:.2f} times its wall beside counters",
                flush=True,
            )


if __name__ == "__main__":
    main()
