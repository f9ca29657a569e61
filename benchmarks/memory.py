"""How much memory runs take: the command and all its processes, as proportional set size. Linux only.

`growth`: news texts into an empty warehouse, of several numbers, without days or so many a day in order of time.
`clean` and `ingest`: small files that unpack to much, generated: 60 rows of 31 MB that are no JSON, in a gzip file of
3 MB; a Parquet file of 40 kB whose one row group holds 60 texts of 4 MB (`--texts 250` for 1 GB).
`places`: where the main process holds most while it ingests so many news texts, by lines of its own code.

usage: python -m benchmarks.memory [clean] [ingest] [--texts 60] [--database-memory 1GB]
       python -m benchmarks.memory growth [--sizes 1000,5000,10000,50000] [--daily 100]
       python -m benchmarks.memory places [--sizes 40000]
"""

import argparse
import gzip
import os
import sys
import tempfile
import threading
from collections import deque
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.ingest import measure, print_run
from benchmarks.repeated_news import write_news
from benchmarks.tree import megabytes, run_tree
from copydesk.flows.ingest.plan import ingest
from copydesk.flows.settings import Settings

PLACES = 20
OWN_CODE = str(Path(__file__).parent.parent)


def generate(folder: Path, count: int) -> list[Path]:
    rows, table = folder / "broken.jsonl.gz", folder / "texts.parquet"
    with gzip.open(rows, "wb") as file:
        for number in range(60):
            file.write(f'{{"text": "Story {number} '.encode() + b"x y z " * (31 * 2**20 // 6) + b"\n")
    texts = [f"Story {number} " + "a b c d. " * 444_000 for number in range(count)]
    pq.write_table(pa.table({"text": pa.array(texts, pa.large_string())}), table, compression="zstd")
    return [rows, table]


def growth(sizes: list[int], daily: int) -> None:
    """Ingest so many news texts into an empty warehouse, for each of some sizes; undated, or so many a day."""
    for size in sizes:
        with tempfile.TemporaryDirectory() as place:
            rows = Path(place) / "rows"
            rows.mkdir()
            first = date(2015, 1, 1)
            days = [f"{first + timedelta(at // daily)}" for at in range(size)] if daily else []
            write_news(rows / "news.parquet", 0, size, days=days)
            print_run("texts", measure("ingest", rows, {"COPYDESK_WORKERS": "2"}, Path(place) / "w"))


def places(size: int) -> None:
    """Ingest so many news texts in this process, and print its peaks by the lines that it was in, sampled."""
    peaks: dict[str, float] = {}
    is_over = threading.Event()
    with tempfile.TemporaryDirectory() as place:
        rows = Path(place) / "rows"
        rows.mkdir()
        write_news(rows / "news.parquet", 0, size)
        sampler = threading.Thread(target=_sample, args=(peaks, is_over, threading.get_ident()), daemon=True)
        sampler.start()
        ingest([rows], settings=Settings(warehouse=Path(place) / "w", workers=2), now=datetime.now(UTC))
        is_over.set()
        sampler.join()
    for where, peak in sorted(peaks.items(), key=lambda item: -item[1])[:PLACES]:
        print(f"{peak:7,.0f} MB  {where}")


def _sample(peaks: dict[str, float], is_over: threading.Event, thread: int) -> None:
    while not is_over.wait(0.1):
        frame, where = sys._current_frames().get(thread), deque[str]()  # noqa: SLF001 - of another thread
        while frame:
            if frame.f_code.co_filename.startswith(OWN_CODE) and len(where) < 3:
                where.appendleft(
                    f"{Path(frame.f_code.co_filename).stem}.{frame.f_code.co_name}:{frame.f_lineno}"
                )
            frame = frame.f_back
        if where:
            peaks[" > ".join(where)] = max(peaks.get(" > ".join(where), 0.0), megabytes(os.getpid()))


def unpack(command: str, text_count: int, database_memory: str) -> None:
    """Clean or ingest small files that unpack to much."""
    settings = {
        "COPYDESK_DATABASE_MEMORY": database_memory,
        "COPYDESK_WORKERS": "2",
        "COPYDESK_DOCUMENT_SECONDS": "1",
    }
    with tempfile.TemporaryDirectory() as folder:
        for file in generate(Path(folder), text_count):
            words = [sys.executable, "-m", "copydesk", command, str(file)]
            if command == "ingest":
                words += ["-w", f"{folder}/w-{file.stem}", "--no-prefect"]
            spent = run_tree(words, settings)
            size = f"{file.name} ({file.stat().st_size / 1e6:.1f} MB)"
            print(
                f"{command} {size}: {spent.peak_mb:,.0f} MB, main process {spent.main_peak_mb:,.0f}",
                flush=True,
            )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "command", nargs="?", default="clean", choices=["clean", "ingest", "growth", "places"]
    )
    parser.add_argument("--texts", type=int, default=60)
    parser.add_argument("--database-memory", default="4GB")
    parser.add_argument("--daily", type=int, default=0)
    parser.add_argument("--sizes", default="1000,5000,10000,50000")
    options = parser.parse_args()
    sizes = [int(size) for size in options.sizes.split(",")]
    if options.command == "growth":
        growth(sizes, options.daily)
    elif options.command == "places":
        places(sizes[-1])
    else:
        unpack(options.command, options.texts, options.database_memory)


if __name__ == "__main__":
    main()
