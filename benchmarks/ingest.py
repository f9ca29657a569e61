"""What the main job costs: processor seconds and memory of all its processes, from files to tables.

HTML pages against bare `trafilatura.extract` on the same pages in the same run, rows of news as text, five files, and a
run that finds nothing new. Each is a command of its own with set-up, imports and workers counted; modules are compiled
before, as they are for a user from the second run on.

usage: python -m benchmarks.ingest [--pages 300] [--rows 5000] [--workers 2] [--database-memory 1GB]
"""

import argparse
import gc
import gzip
import json
import shutil
import sys
import tempfile
import time
from pathlib import Path

import pyarrow.parquet as pq

from benchmarks.corpora import ROOT, shared
from benchmarks.tree import Spent, run_tree
from copydesk.flows.workers.keep_compiled import kept_methods

SEEDS = ROOT / "seeds" / "articles"


def extract_all(folder: Path) -> None:
    """Extract each page with trafilatura alone; print the processor seconds of that, its models loaded before."""
    import trafilatura  # noqa: PLC0415 - not part of the command that is measured

    pages = [gzip.decompress(file.read_bytes()) for file in sorted(folder.glob("*.html.gz"))]
    for page in pages[:5]:
        trafilatura.extract(page)
    start = time.process_time()
    for page in pages:
        trafilatura.extract(page)
    print(json.dumps({"seconds": time.process_time() - start}))


def ingest_all(folder: Path, warehouse: Path) -> None:
    """Ingest a folder as the command does; print the count of documents and the main process's seconds by step."""
    gc.set_threshold(50_000)
    with kept_methods():
        from copydesk.flows.ingest.plan import ingest  # noqa: PLC0415 - what it compiles is kept
        from copydesk.flows.settings import Settings  # noqa: PLC0415 - as above

        summary = ingest([folder], settings=Settings(warehouse=warehouse))
    print(json.dumps({"documents": summary.documents_count, "steps": summary.processor_seconds}))


def measure(what: str, folder: Path, settings: dict[str, str], warehouse: Path | None = None) -> Spent:
    """Run one of the two above in a process of its own."""
    place = [str(warehouse)] if warehouse else []
    return run_tree(
        [sys.executable, "-m", "benchmarks.ingest", "--inside", what, str(folder), *place], settings
    )


def print_run(name: str, spent: Spent) -> None:
    """Print what a run took, by document where there are many."""
    count = spent.told["documents"]
    by_step = ", ".join(
        f"{step} {1000 * seconds / max(count, 1):.2f}" for step, seconds in spent.told["steps"].items()
    )
    print(
        f"{name}: {count} documents, {spent.cpu_seconds:.1f} CPU s ({spent.main_cpu_seconds:.1f} in the main process),"
        f" {count / spent.cpu_seconds:.1f} documents per CPU second, peak {spent.peak_mb:.0f} MB"
        f" (main process {spent.main_peak_mb:.0f})"
    )
    if count:
        print(f"  main process, ms a document: {by_step}")


def main() -> None:
    """Run all measurements."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=300)
    parser.add_argument("--rows", type=int, default=5_000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--database-memory", default=None)
    parser.add_argument("--inside", nargs="+", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.inside:
        {"extract": extract_all, "ingest": ingest_all}[options.inside[0]](*map(Path, options.inside[1:]))
        return
    settings = {"COPYDESK_WORKERS": str(options.workers)}
    if options.database_memory:
        settings["COPYDESK_DATABASE_MEMORY"] = options.database_memory
    with tempfile.TemporaryDirectory() as place:
        measure_all(Path(place), options.pages, options.rows, settings)


def compiled_in(folder: Path) -> dict[str, str]:
    """Return the environment in which modules are compiled once, into a folder."""
    return {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(folder)}


def lay_out(place: Path, page_count: int, row_count: int) -> tuple[Path, Path, Path]:
    """Return folders of pages, of rows of news and of five files."""
    pages, rows, five = (place / name for name in ("pages", "rows", "five"))
    for folder in (pages, rows, five):
        folder.mkdir()
    for file in sorted(shared("corpora/pages_dev").glob("*.html.gz"))[:page_count]:
        shutil.copy(file, pages)
    for file in sorted(SEEDS.iterdir())[:5]:
        shutil.copy(file, five)
    news = pq.read_table(shared("corpora/news_dev.parquet"))
    pq.write_table(news.slice(0, row_count), rows / "news.parquet", row_group_size=1_000)
    return pages, rows, five


def measure_all(place: Path, page_count: int, row_count: int, settings: dict[str, str]) -> None:
    """Lay out the inputs and measure each."""
    pages, rows, five = lay_out(place, page_count, row_count)
    settings |= compiled_in(place / "compiled")
    measure("ingest", five, settings, place / "w-first")
    bare = measure("extract", pages, settings).told["seconds"]
    ours = measure("ingest", pages, settings, place / "w-pages")
    print_run("pages", ours)
    print(f"  bare trafilatura.extract {bare:.1f} CPU s: ratio {bare / ours.cpu_seconds:.2f}")
    print_run("texts", measure("ingest", rows, settings, place / "w-rows"))
    print_run("five files", measure("ingest", five, settings, place / "w-five"))
    print_run("nothing new", measure("ingest", five, settings, place / "w-five"))


if __name__ == "__main__":
    main()
