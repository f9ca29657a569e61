"""What 1,000 more texts cost a warehouse of some size: processor seconds and rows of the lake read, step by step.

A warehouse of 5,000 news texts of a month is grown by its own rows under other ids, hashes, terms and days, a month and
a snapshot a round, as many runs would have left it: what is near a day is as much at any size. So many texts of a day
are added first: they may be due to count the vocabulary of stories anew, as is done whenever a window has doubled.
Others are added then and measured. Linux only.

usage: python -m benchmarks.incremental [--sizes 10000,100000] [--base 5000] [--added 1000] [--scattered]
"""

import argparse
import json
import shutil
import sys
import tempfile
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

from benchmarks.ingest import measure
from benchmarks.repeated_news import write_news
from benchmarks.tree import run_tree
from copydesk.flows.ingest.plan import ingest
from copydesk.flows.migration_functions import MIGRATION_FUNCTIONS
from copydesk.flows.settings import Settings
from copydesk.schemas.tables import TABLES
from copydesk.warehouse.connect import connect_writer
from copydesk.warehouse.create import create
from copydesk.warehouse.place import Place

MONTH = tuple(str(date(2019, 5, 13) + timedelta(days=number)) for number in range(30))
"""The days of the first texts: those before the ones that are added."""

GROWN = (
    *(
        "documents",
        "articles",
        "revisions",
        "images",
        "boilerplate_spans",
        "date_candidates",
        "text_intervals",
    ),
    *(
        "site_lines",
        "site_sightings",
        "site_keys",
        "sketches",
        "duplicates",
        "look_alikes",
        "duplicate_groups",
    ),
    *("stories", "story_members", "story_features", "story_keys", "story_links", "story_events"),
)


def grow(warehouse: Path, rounds: int) -> None:
    """Add the rows of a warehouse to it under other names, so many times over."""
    con = connect_writer(Place(warehouse))
    create(con, functions=MIGRATION_FUNCTIONS)
    for table in GROWN:
        con.execute(f"create temp table own_{table} as from {table}")
    for turn in range(1, rounds + 1):
        con.execute("begin")
        for table in GROWN:
            columns = ", ".join(
                _other(name, str(TABLES[table].columns[name].type), turn) for name in TABLES[table].columns
            )
            con.execute(f"insert into {table} by name select {columns} from own_{table}")
        con.execute("commit")
    con.close()


def _other(name: str, kind: str, turn: int) -> str:
    if name in {"run_id", "source_id", "rule_id"} or name.startswith("external"):
        return name
    if name == "group_id" or name.endswith("_id") or "_id_" in name or name == "vote_id":
        return f"if({name} is null, null, md5({name} || '{turn}')[:20]) as {name}"
    if kind == "uint64":
        return f"xor({name}, {turn * 7919}::ubigint) as {name}"
    if name in {"terms", "quotes"}:
        # Half of the words of each, each to one that nobody else has: those that are common stay common.
        own = f"(hash(article_id, {turn}) & 16777215)::bigint"
        changed = f"if(hash(each, article_id, {turn}) % 2 = 0, xor(each, {own}), each)"
        return f"list_transform({name}, lambda each: {changed}) as {name}"
    if (
        name in {"start_at", "end_at", "published_at", "published_on", "seen_at", "fetched_at"}
        or "_seen_" in name
    ):
        return f"{name} - interval '{turn * len(MONTH)} days' as {name}"
    if name in {"canonical_url", "line_sha256", "words_hash"}:
        return f"{name} || '{turn}' as {name}"
    return name


def ingest_counting(folder: Path, warehouse: Path) -> None:
    """Ingest a folder; print processor seconds and rows read by step."""
    summary = ingest([folder], settings=Settings(warehouse=warehouse, profile=True))
    rows: Counter[str] = Counter()
    for (step, _), cost in summary.costs.items():
        rows[step] += cost.rows
    print(
        json.dumps({"documents": summary.documents_count, "steps": summary.processor_seconds, "rows": rows})
    )


def main() -> None:
    """Measure at each size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="10000,100000")
    parser.add_argument("--base", type=int, default=5_000)
    parser.add_argument("--added", type=int, default=1_000)
    parser.add_argument("--scattered", action="store_true", help="first texts of their own days, over years")
    parser.add_argument("--warehouse", type=Path, help="of so many texts, already there")
    parser.add_argument("--inside", nargs=2, type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.inside:
        ingest_counting(*options.inside)
        return
    with tempfile.TemporaryDirectory() as place:
        measure_all(Path(place), options)


def measure_all(place: Path, options: argparse.Namespace) -> None:
    """Make the first warehouse, grow copies of it, and add to each."""
    first, before, more = options.warehouse or place / "w", place / "before", place / "more"
    for folder in (place / "rows", before, more):
        folder.mkdir()
    if not options.warehouse:
        days = () if options.scattered else MONTH
        write_news(place / "rows" / "news.parquet", 0, options.base, days=days)
        measure("ingest", place / "rows", {"COPYDESK_WORKERS": "2"}, first)
    for folder, start, day in ((before, 10_000, "2019-06-10"), (more, 11_000, "2019-06-12")):
        write_news(folder / "news.parquet", start, start + options.added, days=(day,))
    for size in map(int, options.sizes.split(",")):
        shutil.copytree(first, place / "grown")
        grow(place / "grown", size // options.base - 1)
        measure("ingest", before, {"COPYDESK_WORKERS": "2"}, place / "grown")
        command = [
            sys.executable,
            "-m",
            "benchmarks.incremental",
            "--inside",
            str(more),
            str(place / "grown"),
        ]
        spent = run_tree(command, {"COPYDESK_WORKERS": "2"})
        steps = {name: round(seconds, 2) for name, seconds in spent.told["steps"].items()}
        print(
            f"{options.added} into {size}: {spent.cpu_seconds:.1f} CPU s"
            f" ({spent.main_cpu_seconds:.1f} in the main process), peak {spent.peak_mb:.0f} MB\n"
            f"  main process, CPU s: {steps}\n  rows read: {spent.told['rows']}",
            flush=True,
        )
        shutil.rmtree(place / "grown")


if __name__ == "__main__":
    main()
