"""A small warehouse that keeps every law, for tests of whatever reads one.

`small_rows()` gives the rows by table; `build_warehouse(folder)` puts them through the gate into a real lake.
"""

import atexit
import shutil
import tempfile
from collections import defaultdict
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pyarrow as pa
from empty_warehouse import empty_warehouse
from small_articles import (
    DAYS,
    SOURCES,
    Rows,
    add_article,
    add_refused,
    add_second_wording,
    body_of,
)
from small_groups import add_copies, add_story
from small_runs import add_run, add_source

from copydesk.schemas.tables import TABLES
from copydesk.warehouse.connect import connect_writer
from copydesk.warehouse.place import Place
from copydesk.warehouse.write_table import append_rows


def small_rows(*extend: Callable[[Rows], None]) -> Rows:
    """Return consistent rows for every table that a small newsroom would fill.

    What `extend` adds is counted by the runs.
    """
    rows: Rows = defaultdict(list)
    for day in range(DAYS):
        for number, source in enumerate(SOURCES):
            add_article(rows, source=source, day=day, number=number)
            if number < 2:
                add_article(rows, source=source, day=day, number=number + 3)
        add_refused(rows, day=day) if day == DAYS - 1 else None
    copy = rows["articles"][4]
    add_article(rows, source="fellside-post", day=1, number=9, body=body_of(rows, copy["article_id"]))
    add_second_wording(rows, rows["articles"][0])
    add_copies(rows, rows["articles"][4], rows["articles"][-1])
    add_story(rows, rows["articles"][4], rows["articles"][-1], rows["articles"][5])
    for add in extend:
        add(rows)
    for day in range(DAYS):
        add_run(rows, day)
    for source in sorted({row["source_id"] for row in rows["articles"]}):
        add_source(rows, source)
    return rows


def build_warehouse(folder: Path, rows: Rows | None = None) -> Place:
    """Create a lake in the folder with the rows in it; without rows, a copy of the one of `small_rows()`."""
    if rows is not None:
        return _build(folder, rows)
    shutil.copytree(_template().folder, folder, dirs_exist_ok=True)
    return Place(folder)


@cache
def _template() -> Place:
    folder = Path(tempfile.mkdtemp(prefix="small-warehouse-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return _build(folder, small_rows())


def _build(folder: Path, rows: Rows) -> Place:
    place = empty_warehouse(folder)
    con = connect_writer(place)
    con.execute("begin")
    for name, found in rows.items():
        append_rows(con, name, as_arrow(name, found))
    con.execute("commit")
    con.close()
    return place


def as_arrow(name: str, rows: list[dict]) -> pa.Table:
    schema = TABLES[name].schema
    return pa.table(
        {field.name: pa.array([row.get(field.name) for row in rows], field.type) for field in schema}
    )
