"""A bare DuckDB with the tables that copies reads and writes, filled from rows of texts."""

from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pyarrow as pa

from copydesk.schemas.staged import STAGED, STAGING
from copydesk.schemas.tables import TABLES
from copydesk.warehouse.create import declare_columns

NOW = datetime(2026, 1, 1, tzinfo=UTC)
TABLE_NAMES = ("sketches", "duplicates", "look_alikes", "duplicate_groups", "duplicate_group_events")


def open_bare(path: Path | None = None, *, threads: int = 1) -> duckdb.DuckDBPyConnection:
    con = duckdb.connect(str(path) if path else ":memory:", config={"threads": threads})
    con.execute("set timezone = 'UTC'")
    con.execute("attach ':memory:' as staging")
    con.execute(f"create table {STAGING}.sketches ({declare_columns(STAGED['sketches'])})")
    con.execute(
        "create temp table opening (revision_id text, article_id text, document_id text, is_latest bool)"
    )
    for name in TABLE_NAMES:
        con.execute(f"create table {name} ({declare_columns(TABLES[name])})")
    con.execute(
        "create table articles (article_id text, canonical_url text, site text, first_seen_at timestamptz)"
    )
    con.execute(
        "create table revisions (revision_id text, article_id text, is_latest bool, title text, body text,"
        " body_words int, publisher text, published_on date, published_at timestamptz, published_local_at timestamp)"
    )
    return con


def fill(con: duckdb.DuckDBPyConnection, rows: pa.Table) -> list[str]:
    """Store article_id, body, and where given title, publisher, published_on, site."""
    for name in ("title", "publisher", "published_on", "site"):
        if name not in rows.column_names:
            kind = pa.date32() if name == "published_on" else pa.string()
            rows = rows.append_column(name, pa.nulls(rows.num_rows, kind))
    con.register("given", rows)
    con.execute(
        "insert into articles select article_id, 'https://' || site || '/' || article_id, coalesce(site, 'file'),"
        " timestamptz '2026-01-01' from given"
    )
    con.execute(
        "insert into revisions by name select article_id as revision_id, article_id, true as is_latest, title, body,"
        " len(string_split(body, ' '))::int as body_words, publisher, published_on from given"
    )
    con.unregister("given")
    return rows["article_id"].to_pylist()


def verdicts(con: duckdb.DuckDBPyConnection) -> list[list[tuple[object, ...]]]:
    """Edges and groups, without who settled them and when."""
    return [
        con.sql(f"select {columns} from {table} order by all").fetchall()
        for table, columns in (
            ("duplicates", "* exclude (decided_at, run_id)"),
            ("duplicate_groups", "* exclude (run_id)"),
        )
    ]
