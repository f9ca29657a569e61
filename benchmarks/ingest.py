"""Measure the main job: HTML pages against bare trafilatura, and text rows by step.

Prints documents/s, peak memory and ratios. Both sides use the same processes in the same run.
Usage: python benchmarks/ingest.py [--workers N] [--rows N] [--pages N]
"""

import argparse
import gzip
import os
import resource
import shutil
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pyarrow.parquet as pq

from flows.ingest.plan import ingest
from flows.settings import Settings

SHARED = Path(os.environ.get("COPYDESK_SHARED", Path(__file__).parent.parent.parent / "shared"))


def bare_extract(path: str) -> int:
    """Extract one page with trafilatura alone."""
    import trafilatura  # noqa: PLC0415 - only the workers need it

    with gzip.open(path) as page:
        return len(trafilatura.extract(page.read()) or "")


def time_bare(files: list[str], workers: int) -> float:
    """Return the seconds that trafilatura alone takes, its workers warm."""
    with ProcessPoolExecutor(workers, mp_context=get_context("forkserver")) as pool:
        list(pool.map(bare_extract, files[:workers] * 2))
        start = time.perf_counter()
        sum(pool.map(bare_extract, files, chunksize=20))
        return time.perf_counter() - start


def time_ingest(path: Path, workers: int) -> tuple[float, dict[str, float], int]:
    """Return the seconds of a whole run into an empty warehouse, its steps, and its documents."""
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        summary = ingest([path], settings=Settings(warehouse=Path(folder), workers=workers))
        return time.perf_counter() - start, summary.steps, summary.documents_count


def peak_mb() -> float:
    """Return the largest memory of this process and of its largest child so far."""
    return (
        max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
        / 1024
    )


def main() -> None:
    """Run both measurements."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--workers", type=int, default=len(os.sched_getaffinity(0)))
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--pages", type=int, default=0, help="only the first N pages")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        pages = Path(folder) / "pages"
        pages.mkdir()
        found = sorted((SHARED / "corpora" / "pages_dev").glob("*.html.gz"))[: options.pages or None]
        for file in found:
            shutil.copy(file, pages)
        files = [str(file) for file in found]
        bare = time_bare(files, options.workers)
        ours, steps, count = time_ingest(pages, options.workers)
        print(f"pages: {count} documents, {options.workers} workers")
        print(f"  bare trafilatura.extract  {bare:7.1f} s  {len(files) / bare:7.1f} documents/s")
        print(
            f"  whole run                 {ours:7.1f} s  {count / ours:7.1f} documents/s  ratio {bare / ours:.2f}"
        )
        print(f"  steps {steps}  peak memory {peak_mb():.0f} MB")
        rows = Path(folder) / "news.parquet"
        pq.write_table(pq.read_table(SHARED / "corpora" / "news_dev.parquet").slice(0, options.rows), rows)
        seconds, steps, count = time_ingest(rows, options.workers)
        shares = {step: f"{taken / seconds:.0%}" for step, taken in steps.items()}
        print(f"text rows: {count} documents in {seconds:.1f} s: {count / seconds:.0f} documents/s")
        print(f"  share of each step {shares}  peak memory {peak_mb():.0f} MB")


if __name__ == "__main__":
    main()
