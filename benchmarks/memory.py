"""How much memory small files take that unpack to much: the command and all its processes, as proportional set size.

Generated: 60 rows of 31 MB that are no JSON, in a gzip file of 3 MB; a Parquet file of 40 kB whose one row group holds
60 texts of 4 MB (`--texts 250` for 1 GB). Linux only.

usage: python -m benchmarks.memory [ingest] [--texts 60] [--database-memory 1GB]
"""

import argparse
import gzip
import sys
import tempfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.tree import run_tree


def generate(folder: Path, count: int) -> list[Path]:
    rows, table = folder / "broken.jsonl.gz", folder / "texts.parquet"
    with gzip.open(rows, "wb") as file:
        for number in range(60):
            file.write(f'{{"text": "Story {number} '.encode() + b"x y z " * (31 * 2**20 // 6) + b"\n")
    texts = [f"Story {number} " + "a b c d. " * 444_000 for number in range(count)]
    pq.write_table(pa.table({"text": pa.array(texts, pa.large_string())}), table, compression="zstd")
    return [rows, table]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("command", nargs="?", default="clean", choices=["clean", "ingest"])
    parser.add_argument("--texts", type=int, default=60)
    parser.add_argument("--database-memory", default="4GB")
    options = parser.parse_args()
    settings = {
        "COPYDESK_DATABASE_MEMORY": options.database_memory,
        "COPYDESK_WORKERS": "2",
        "COPYDESK_DOCUMENT_SECONDS": "1",
    }
    with tempfile.TemporaryDirectory() as folder:
        for file in generate(Path(folder), options.texts):
            command = [sys.executable, "-m", "flows.cli.main", options.command, str(file)]
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
