"""What a thousand tiny runs cost those who ask: `python -m benchmarks.operations [--runs N] [--without-never]`.

Each run brings an article, as a feed's would. The questions are asked of the warehouse as the runs leave it, of a copy
that `copydesk maintain` has gone over, and of one whose runs never joined a file, which takes longer than all else
(`--without-never`). Ratios of processor seconds, at every quarter of the runs; `--place DIR` keeps what was made, and
the next call goes on from it.
"""

import argparse
import json
import shutil
import tempfile
import time
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from copydesk.flows.ingest import run as running
from copydesk.flows.ingest.plan import ingest
from copydesk.flows.maintain import maintain_warehouse
from copydesk.flows.settings import Settings
from copydesk.warehouse.connect import connect_reader, connect_writer
from copydesk.warehouse.maintain import read_lake_size

QUERIES = (
    "select count(*) from articles_latest where body ilike '%harbour%'",
    "select headline, article_count from stories order by article_count desc limit 10",
    "select rule_id, sum(span_count) from boilerplate_by_rule group by 1",
    "select publisher, count(*) from articles_unique group by 1",
    "select * from document_outcomes limit 100",
    "select date_trunc('day', first_seen_at), count(*) from articles group by 1",
)
REPEATS = 5
STRIDE = 25
START = datetime(2026, 1, 1, tzinfo=UTC)


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--runs", type=int, default=1_000)
    options.add_argument("--without-never", action="store_true")
    options.add_argument("--place", type=Path)
    given = options.parse_args()
    # Once a process, as a command does: it says nothing of the warehouse.
    running.load_rules = cache(running.load_rules)
    with tempfile.TemporaryDirectory() as folder:
        place = given.place or Path(folder)
        place.mkdir(exist_ok=True)
        kept, never, notes = place / "kept", place / "never", place / "seconds.json"
        spent = json.loads(notes.read_text()) if notes.exists() else []
        while len(spent) < given.runs:
            numbers = range(len(spent), min(given.runs, (len(spent) // STRIDE + 1) * STRIDE))
            spent += fill(kept, numbers, joins=True)
            notes.write_text(json.dumps(spent))
            print(f"run {len(spent)}: {sum(spent[-len(numbers) :]):.1f} CPU s for {len(numbers)}", flush=True)
            if not given.without_never:
                fill(never, numbers, joins=False)
            if not len(spent) % max(given.runs // 4, 1):
                compare(kept, never, maintained=place / "maintained")
        first, last = sum(spent[5:15]), sum(spent[-10:])
        print(
            f"the last ten of {len(spent)} runs took {last / first:.2f} times the CPU s of ten at the start"
        )


def compare(kept: Path, never: Path, *, maintained: Path) -> None:
    """Print what all questions cost each warehouse, in terms of a maintained copy of the first."""
    shutil.rmtree(maintained, ignore_errors=True)
    shutil.copytree(kept, maintained)
    maintain_warehouse(Settings(warehouse=maintained), now=datetime.now(UTC) + timedelta(days=30))
    base = asked(maintained)
    for name, place in (("maintained", maintained), ("as runs leave it", kept), ("never joined", never)):
        if not place.exists():
            continue
        with connect_writer(Settings(warehouse=place).place) as con:
            stand = read_lake_size(con, Settings(warehouse=place).place)
        print(
            f"{name:18} {asked(place) / base:5.2f} times the processor seconds of all questions; "
            f"{stand.live_files:6,} files to read, {stand.disk_files:6,} on the disk, "
            f"{stand.disk_bytes / 2**20:7.1f} MB, {stand.snapshots:,} snapshots",
            flush=True,
        )


def fill(place: Path, numbers: range, *, joins: bool) -> list[float]:
    """Bring so many articles into a warehouse, a run each; return each run's processor seconds."""
    due, spent = running.is_due, []
    if not joins:
        running.is_due = lambda _con: False
    settings = Settings(warehouse=place, workers=1)
    with tempfile.TemporaryDirectory() as folder:
        for number in numbers:
            for old in Path(folder).glob("*"):
                old.unlink()
            (Path(folder) / f"{number:05}.txt").write_text(article(number), "utf-8")
            began = time.process_time()
            ingest([Path(folder)], settings=settings, source="tiny", now=START + timedelta(minutes=number))
            spent.append(time.process_time() - began)
    running.is_due = due
    return spent


def article(number: int) -> str:
    things = ("barrels", "ropes", "lamps", "anchors", "crates", "nets", "oars")
    lines = [
        f"{things[(number + line) % 7].title()} number {number * 31 + line * 7} to {number * 31 + line * 7 + 5}"
        f" were counted at quay {number % 97}, where clerk {number * 13 % 101} kept list {line} of the harbour."
        for line in range(10)
    ]
    return "\n\n".join([f"Clerk {number * 13 % 101} counts quay {number % 97}, day {number}", *lines])


def asked(place: Path) -> float:
    """Return the processor seconds of all questions, the least of several times."""
    with connect_reader(Settings(warehouse=place).place) as con:
        con.execute("set threads = 1")
        total = 0.0
        for query in QUERIES:
            times = []
            for _ in range(REPEATS):
                began = time.process_time()
                con.execute(query).fetchall()
                times.append(time.process_time() - began)
            total += min(times)
    return total


if __name__ == "__main__":
    main()
