"""Measure what site memory costs the main process of a run: news into an empty warehouse, then 1,000 more.

Prints the processor time of the step alone, DuckDB's threads included, and how many revisions were looked at.
Usage: python -m benchmarks.site_memory_cost [--texts 1500] [--more 1000]
Needs the shared corpora (COPYDESK_SHARED, default ../shared).
"""

import argparse
import os
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pyarrow.parquet as pq

from copydesk.flows import settle_changes
from copydesk.flows.ingest.plan import ingest
from copydesk.flows.settings import Settings
from copydesk.flows.settle_site_memory import SettledSites
from copydesk.warehouse.connect import connect_reader

SHARED = Path(os.environ.get("COPYDESK_SHARED", Path(__file__).parent.parent.parent / "shared"))
NOW = datetime(2026, 3, 1, tzinfo=UTC)
TABLES = ("site_keys", "site_sightings", "site_lines")


def timed(
    step: Callable[..., SettledSites], spent: list[tuple[float, SettledSites]]
) -> Callable[..., SettledSites]:
    """Return the step as one that notes its processor time and result."""

    def call(*args, **kwargs) -> SettledSites:
        start = time.process_time()
        done = step(*args, **kwargs)
        spent.append((time.process_time() - start, done))
        return done

    return call


def take_in(settings: Settings, file: Path, spent: list[tuple[float, SettledSites]]) -> None:
    """Ingest a file and print what the step cost, over all portions."""
    spent.clear()
    start = time.process_time()
    done = ingest([file], settings=settings, source=file.stem, now=NOW)
    total = time.process_time() - start
    seconds = sum(each for each, _ in spent)
    looked_at = sum(sites.sighted_count for _, sites in spent)
    with connect_reader(settings.place) as con:
        rows = ", ".join(f"{con.table(name).count('*').fetchall()[0][0]} {name}" for name in TABLES)
    print(
        f"{done.seen_count} texts: site memory {seconds:.2f} s of {total:.1f} s of the main process,"
        f" {1000 * seconds / done.seen_count:.2f} ms a text; {looked_at} revisions looked at; {rows}",
        flush=True,
    )


def main() -> None:
    """Run the measurements."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--texts", type=int, default=1_500)
    parser.add_argument("--more", type=int, default=1_000)
    options = parser.parse_args()
    spent: list[tuple[float, SettledSites]] = []
    settle_changes.settle_site_memory = timed(settle_changes.settle_site_memory, spent)
    news = pq.read_table(SHARED / "corpora" / "news_dev.parquet")
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(warehouse=Path(folder) / "warehouse", workers=2)
        for name, start, count in (("first", 0, options.texts), ("more", options.texts, options.more)):
            file = Path(folder) / f"{name}.parquet"
            pq.write_table(news.slice(start, count), file, row_group_size=100)
            take_in(settings, file, spent)


if __name__ == "__main__":
    main()
