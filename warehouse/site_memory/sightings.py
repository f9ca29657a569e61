"""Keeps where lines that articles share were seen, tells who carries some of them, and keeps the verdicts on them."""

from dataclasses import dataclass, field
from typing import Any

import duckdb
import pyarrow as pa

from copydesk.warehouse.register_tables import id_table, register_tables
from copydesk.warehouse.site_memory.keys import NO_KEYS
from copydesk.warehouse.write_table import append_rows, delete_rows

Row = dict[str, Any]

CARRIERS = """
-- one row per asked line that several articles carry; its sample is the same whatever came first
select
    line_hash,
    count(distinct article_id) as article_count,
    min(published_on) as first_published_on,
    max(published_on) as last_published_on,
    arg_min(
        {
            'article_id': article_id,
            'published_on': published_on,
            'is_sentence': is_sentence,
            'is_closing': is_closing,
            'related_ratio': related_ratio,
            'kernel': kernel,
            'names': names
        },
        article_id || revision_id,
        $sample
    ) as sample
from site_sightings
where line_hash in (select line_hash from asked)
group by line_hash
having count(distinct article_id) > 1
order by line_hash
"""


def remove_lines(con: duckdb.DuckDBPyConnection, rows: list[Row]) -> None:
    """Remove the sightings of lines (revision_id, line_hash) that no two articles share any more."""
    if not rows:
        return
    schema = pa.schema([("revision_id", pa.string()), ("line_hash", pa.uint64())])
    with register_tables(con, leaving=pa.Table.from_pylist(rows, schema=schema)):
        delete_rows(
            con, "site_sightings", "(revision_id, line_hash) in (select revision_id, line_hash from leaving)"
        )


def remove_sightings(con: duckdb.DuckDBPyConnection, revision_ids: list[str]) -> list[int]:
    """Remove what was seen in revisions that go or are read again; return the lines that must be judged again."""
    with register_tables(con, leaving=id_table(revision_id=revision_ids)):
        gone = "revision_id in (select revision_id from leaving)"
        lines = con.sql(f"select distinct line_hash from site_sightings where {gone} order by 1").fetchall()
        if lines:
            delete_rows(con, "site_sightings", gone)
    return [row[0] for row in lines]


def read_carriers(con: duckdb.DuckDBPyConnection, lines: list[int], *, sample: int) -> list[Row]:
    """Return for those of the lines that several articles carry: counts, sights, and a sample of the carriers."""
    with register_tables(con, asked=pa.table({"line_hash": pa.array(lines, pa.uint64())})):
        rows = con.execute(CARRIERS, {"sample": sample}).to_arrow_table()
    found: list[Row] = rows.to_pylist()
    return found


def revisions_with(con: duckdb.DuckDBPyConnection, lines: list[int]) -> pa.Table:
    """Return revision_id and article_id of all revisions that carry one of the lines."""
    with register_tables(con, asked=pa.table({"line_hash": pa.array(lines, pa.uint64())})):
        return con.sql(
            "select distinct revision_id, article_id from site_sightings"
            " where line_hash in (select line_hash from asked) order by revision_id"
        ).to_arrow_table()


def boilerplate_of(con: duckdb.DuckDBPyConnection, revision_ids: list[str]) -> dict[str, dict[int, str]]:
    """Return for each of the revisions the lines in it that its site repeats, by line_hash."""
    if not revision_ids:
        return {}
    with register_tables(con, wanted=id_table(revision_id=revision_ids)):
        rows = con.sql(
            "select revision_id, line_hash, line from site_sightings join site_lines using (line_hash)"
            " where verdict = 'boilerplate' and revision_id in (select revision_id from wanted)"
        ).fetchall()
    found: dict[str, dict[int, str]] = {revision_id: {} for revision_id in revision_ids}
    for revision_id, line_hash, line in rows:
        found[revision_id][line_hash] = line
    return found


def read_lines(con: duckdb.DuckDBPyConnection, lines: list[int]) -> list[Row]:
    """Return the rows of site_lines for some lines."""
    with register_tables(con, asked=pa.table({"line_hash": pa.array(lines, pa.uint64())})):
        rows = con.sql("select * from site_lines semi join asked using (line_hash)").to_arrow_table()
    found: list[Row] = rows.to_pylist()
    return found


def replace_lines(con: duckdb.DuckDBPyConnection, rows: list[Row], gone: list[int]) -> None:
    """Write changed verdicts and remove lines that no two articles carry any more."""
    leaving = [row["line_hash"] for row in rows] + gone
    if not leaving:
        return
    with register_tables(con, leaving=pa.table({"line_hash": pa.array(leaving, pa.uint64())})):
        delete_rows(con, "site_lines", "line_hash in (select line_hash from leaving)")
    append_rows(con, "site_lines", rows)


@dataclass(frozen=True, slots=True)
class GoneLines:
    """What was known of revisions that are gone: lines that were seen in them, and a table of their keys (key_hash)."""

    lines: tuple[int, ...] = ()
    keys: pa.Table = field(default_factory=lambda: NO_KEYS)


NO_LINES = GoneLines()
