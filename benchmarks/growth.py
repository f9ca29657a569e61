"""Grows a real lake with the articles of `million` and times the settling of 1,000 more at each size."""

import os
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from benchmarks import million
from benchmarks.copies_warehouse import NOW
from copydesk.flows import settle_copies as settling
from copydesk.schemas.tables import TABLES
from copydesk.warehouse.connect import connect_writer
from copydesk.warehouse.create import create
from copydesk.warehouse.place import Place

PARTS = (
    "sketch",
    "look_up",
    "find_overtaken",
    "read_wordings",
    "relate",
    "read_region",
    "group",
    "write_groups",
)
BATCH = 20_000
ADDED = 1_000
REPEATS = 5


def growth(sizes: list[int]) -> None:
    """Print seconds and parts for adding 1,000 articles at each size; keeps COPYDESK_BENCH_LAKE if it is set."""
    spent: dict[str, float] = {}
    for part in PARTS:
        setattr(settling, part, _timed(part, getattr(settling, part), spent))
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(os.environ.get("COPYDESK_BENCH_LAKE", temporary))
        con = connect_writer(Place(folder))
        create(con)
        # Small row groups: the body of one article is read with those of 2,047 neighbours, not of 122,879.
        con.execute(
            "call lake.set_option('parquet_row_group_size', 2048, schema => 'main', table_name => 'revisions')"
        )
        at = con.sql("select count(*) from articles").fetchall()[0][0]
        for size in sizes:
            for start in range(at, size, BATCH):
                _add(con, start, min(start + BATCH, size))
            at = max(at, size)
            walls = []
            for _ in range(REPEATS):
                spent.clear()
                walls.append(_add(con, at, at + ADDED))
                at += ADDED
            index_bytes = sum(
                path.stat().st_size for path in folder.rglob("*.parquet") if "sketches" in str(path)
            )
            print(
                f"{size:9} articles  +{ADDED}: p50 {statistics.median(walls):.2f} s  "
                f"index {index_bytes / at:.0f} bytes an article  last: "
                + "  ".join(f"{part} {seconds:.2f}" for part, seconds in spent.items()),
                flush=True,
            )
        con.close()


def _timed(part: str, function: Callable[..., Any], spent: dict[str, float]) -> Callable[..., Any]:
    def call(*args: Any, **kwargs: Any) -> Any:
        began = time.perf_counter()
        result = function(*args, **kwargs)
        spent[part] = spent.get(part, 0) + time.perf_counter() - began
        return result

    return call


def _add(con: duckdb.DuckDBPyConnection, start: int, stop: int) -> float:
    rows = pa.concat_tables(list(million.batches(start, stop)))
    con.register("given", rows)
    con.execute("begin")
    for table, known in (
        (
            "articles",
            "article_id, site, 'https://' || site || '/' || article_id as canonical_url, first_seen_at",
        ),
        (
            "revisions",
            "article_id as revision_id, article_id, true as is_latest, title, body, body_words, published_on",
        ),
    ):
        con.register("chosen", _filled(con.sql(f"select {known} from given").to_arrow_table(), table))
        con.execute(f"insert into {table} by name select * from chosen")
    con.execute("commit")
    con.execute("begin")
    began = time.perf_counter()
    settling.settle_copies(con, rows["article_id"].to_pylist(), now=NOW, run_id="bench")
    seconds = time.perf_counter() - began
    con.execute("commit")
    return seconds


def _filled(rows: pa.Table, table: str) -> pa.Table:
    """Give columns that may not be null and don't matter here an empty value."""
    empty = {pa.string(): "", pa.int32(): 0, pa.int64(): 0, pa.float64(): 0.0, pa.bool_(): False}
    for name, column in TABLES[table].columns.items():
        if name not in rows.column_names and not column.is_nullable:
            nested = [] if pa.types.is_list(column.type) else {}
            value = empty.get(column.type, NOW if pa.types.is_timestamp(column.type) else nested)
            rows = rows.append_column(name, pa.array([value] * rows.num_rows, column.type))
    return rows
