"""Write down what the pipeline makes of a fixed corpus, as sorted rows of each table, and compare two such folders.

A speed-up changes no row; a change of results shows which. Left out are run ids, times of processing and versions; all
documents are fetched at one fixed time. Two forms of a table are compared by the columns that both have.
Usage: python -m benchmarks.outputs write FOLDER [--quick]    a row of JSON a line, a file a table
       python -m benchmarks.outputs diff FOLDER FOLDER        exits with 1 where rows differ
Needs the shared corpora; `--quick` takes some 150 documents of 900.
"""

import argparse
import json
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from benchmarks.corpora import ROOT, shared
from copydesk.flows.ingest.plan import ingest
from copydesk.flows.settings import Settings
from copydesk.schemas.tables import TABLES
from copydesk.warehouse.connect import connect_reader

NOW = datetime(2026, 3, 1, tzinfo=UTC)
SIZES = {"full": (6, 5, 600), "quick": (60, 40, 60)}
"""Every Nth page of pages_dev and of dates_dev, and how many texts of news_dev."""

MOMENTARY = frozenset(
    (
        *("run_id", "event_id", "versions", "parameters", "parameters_version", "copydesk_version"),
        *("finished_at", "steps", "joined_at", "settled_at", "decided_at", "happened_at", "made_at"),
        *("applied_at", "checked_at", "check_seconds"),
    )
)
"""Columns that differ from run to run, or name what made the row."""

HEAVY = frozenset({"payload"})
"""Columns that another one stands for."""

SHOWN = 3
"""Rows of either side that a difference shows."""

Row = dict[str, Any]


def lay_out(folder: Path, size: str) -> list[Path]:
    """Copy the corpus into folders, one a source; return them in the order in which they are read."""
    every_page, every_date, texts = SIZES[size]
    folders = [
        shutil.copytree(shared("articles"), folder / "articles"),
        shutil.copytree(ROOT / "seeds" / "articles", folder / "seeds"),
        shutil.copytree(shared("corpora/seedlike_dev"), folder / "seedlike"),
        _pages(shared("corpora/pages_dev"), folder / "pages", every_page),
        _pages(shared("corpora/dates_dev"), folder / "dates", every_date),
        folder / "news",
    ]
    folders[-1].mkdir()
    rows = pq.read_table(shared("corpora/news_dev.parquet")).slice(0, texts)
    pq.write_table(rows, folders[-1] / "news.parquet", row_group_size=100)
    return folders


def _pages(corpus: Path, folder: Path, every: int) -> Path:
    folder.mkdir()
    for file in sorted(corpus.glob("*.html.gz"))[::every]:
        shutil.copyfile(file, folder / file.name)
    return folder


def write(folder: Path, size: str) -> None:
    """Ingest the corpus, one run a source, and write the rows of each table into a folder."""
    folder.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as temporary:
        corpus = Path(temporary) / "corpus"
        corpus.mkdir()
        settings = Settings(warehouse=Path(temporary) / "warehouse", workers=2)
        for each in lay_out(corpus, size):
            done = ingest([each], settings=settings, now=NOW, source=each.name)
            print(
                f"{each.name}: {done.seen_count} documents, {done.quarantined_count} quarantined", flush=True
            )
        for table, rows in read_tables(settings).items():
            lines = sorted(_line(row).replace(temporary, "") for row in rows)
            (folder / f"{table}.jsonl").write_text("".join(f"{line}\n" for line in lines), "utf-8")


def read_tables(settings: Settings) -> dict[str, list[Row]]:
    """Return the rows of all tables of a warehouse, whatever its form, without what is left out."""
    with connect_reader(settings.place) as con:
        names = con.execute(
            "select table_name from duckdb_tables() where database_name = current_database() order by 1"
        ).fetchall()
        return {
            name: [_kept(row) for row in con.table(name).to_arrow_table().to_pylist()] for (name,) in names
        }


def _kept(row: Row) -> Row:
    return {name: value for name, value in row.items() if name not in MOMENTARY | HEAVY}


def _line(row: Mapping[str, Any]) -> str:
    return json.dumps(row, sort_keys=True, default=str, ensure_ascii=False)


def diff(before: Path, after: Path) -> bool:
    """Print a line a table and some rows that differ; return whether any do."""
    names = sorted({file.name for folder in (before, after) for file in folder.glob("*.jsonl")})
    return any([diff_table(name.removesuffix(".jsonl"), before / name, after / name) for name in names])  # noqa: C419 all are printed


def diff_table(table: str, before: Path, after: Path) -> bool:
    """Print how the rows of a table differ in the columns that both have; return whether they do."""
    old, new = _read(before), _read(after)
    if old is None or new is None:
        print(f"{table}: only {'after' if old is None else 'before'}, {len(new or old or [])} rows")
        return False
    columns = set(old[0] if old else new[0] if new else ()) & set(new[0] if new else old[0] if old else ())
    was, now = _count(old, columns), _count(new, columns)
    gone, come = was - now, now - was
    told = [f"{len(old)} -> {len(new)} rows", f"{gone.total()} gone", f"{come.total()} new"]
    print(f"{table}: {', '.join([*told, *_changed(table, gone, come), *_columns(old, new)])}")
    for sign, rows in (("-", gone), ("+", come)):
        for line in list(rows)[:SHOWN]:
            print(f"    {sign} {line[:300]}")
    return bool(gone or come)


def _changed(table: str, gone: Iterable[str], come: Iterable[str]) -> list[str]:
    """Return which columns differ in rows of the same key, and in how many of them."""
    key = TABLES[table].key if table in TABLES else ()
    old, new = (
        {tuple(row.get(name) for name in key): row for row in map(json.loads, rows)} for rows in (gone, come)
    )
    counts = Counter(
        name for at in old.keys() & new.keys() for name in old[at] if old[at][name] != new[at][name]
    )
    return [f"{count} in {name}" for name, count in counts.most_common()]


def _read(file: Path) -> list[Row] | None:
    """Return the rows of a file, or None where the form had no such table."""
    if not file.exists():
        return None
    with file.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def _count(rows: Iterable[Row], columns: set[str]) -> Counter[str]:
    return Counter(_line({name: row[name] for name in columns}) for row in rows)


def _columns(old: list[Row], new: list[Row]) -> list[str]:
    """Return which columns one side alone has, where both have rows."""
    sides = (("gone", old, new), ("new", new, old)) if old and new else ()
    return [
        f"columns {word}: {sorted(one[0].keys() - other[0])}"
        for word, one, other in sides
        if one[0].keys() - other[0]
    ]


def main() -> None:
    """Write or compare."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(dest="command", required=True)
    writing = commands.add_parser("write")
    writing.add_argument("folder", type=Path)
    writing.add_argument("--quick", action="store_const", const="quick", default="full", dest="size")
    comparing = commands.add_parser("diff")
    comparing.add_argument("before", type=Path)
    comparing.add_argument("after", type=Path)
    options = parser.parse_args()
    if options.command == "write":
        write(options.folder, options.size)
    else:
        sys.exit(diff(options.before, options.after))


if __name__ == "__main__":
    main()
