"""How much memory runs take: the command and all its processes, as proportional set size. Linux only.

`growth`: news texts into an empty warehouse, of several numbers. `clean` and `ingest`: small files that unpack to much,
generated: 60 rows of 31 MB that are no JSON, in a gzip file of 3 MB; a Parquet file of 40 kB whose one row group holds
60 texts of 4 MB (`--texts 250` for 1 GB).

usage: python -m benchmarks.memory [clean] [ingest] [--texts 60] [--database-memory 1GB]
       python -m benchmarks.memory growth [--sizes 1000,5000,10000,50000]
"""

import argparse
import gzip
import sys
import tempfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.ingest import measure, print_run
from benchmarks.repeated_news import write_news
from benchmarks.tree import run_tree


def generate(folder: Path, count: int) -> list[Path]:
    rows, table = folder / "broken.jsonl.gz", folder / "texts.parquet"
    with gzip.open(rows, "wb") as file:
        for number in range(60):
            file.write(f'{{"text": "Story {number} '.encode() + b"x y z " * (31 * 2**20 // 6) + b"\n")
    texts = [f"Story {number} " + "a b c d. " * 444_000 for number in range(count)]
    pq.write_table(pa.table({"text": pa.array(texts, pa.large_string())}), table, compression="zstd")
    return [rows, table]


def growth(sizes: list[int]) -> None:
    """Ingest so many news texts into an empty warehouse, for each of some sizes."""
    for size in sizes:
        with tempfile.TemporaryDirectory() as place:
            rows = Path(place) / "rows"
            rows.mkdir()
            write_news(rows / "news.parquet", 0, size)
            print_run("texts", measure("ingest", rows, {"COPYDESK_WORKERS": "2"}, Path(place) / "w"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("command", nargs="?", default="clean", choices=["clean", "ingest", "growth"])
    parser.add_argument("--texts", type=int, default=60)
    parser.add_argument("--database-memory", default="4GB")
    parser.add_argument("--sizes", default="1000,5000,10000,50000")
    options = parser.parse_args()
    if options.command == "growth":
        growth([int(size) for size in options.sizes.split(",")])
        return
    settings = {
        "COPYDESK_DATABASE_MEMORY": options.database_memory,
        "COPYDESK_WORKERS": "2",
        "COPYDESK_DOCUMENT_SECONDS": "1",
    }
    with tempfile.TemporaryDirectory() as folder:
        for file in generate(Path(folder), options.texts):
            command = [sys.executable, "-m", "copydesk", options.command, str(file)]
            if options.command == "ingest":
                command += ["-w", f"{folder}/w-{file.stem}", "--no-prefect"]
            spent = run_tree(command, settings)
            size = f"{file.name} ({file.stat().st_size / 1e6:.1f} MB)"
            print(
                f"{options.command} {size}: {spent.peak_mb:,.0f} MB, main process {spent.main_peak_mb:,.0f}",
                flush=True,
            )


if __name__ == "__main__":
    main()
