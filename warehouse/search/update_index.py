"""Brings the index up to the tables: only articles whose latest wording changed are read."""

import sqlite3

import duckdb
import pyarrow as pa

from copydesk.warehouse.attach import CATALOG
from copydesk.warehouse.place import Place
from copydesk.warehouse.register_tables import register_tables
from copydesk.warehouse.search.search import open_index

BATCH_ROWS = 2_000

KNOWN = pa.schema([("article_id", pa.string()), ("version", pa.string())])

WANTED = """
    select article_id, revision_id || body_sha256 as version
    from revisions
    where is_latest and body_words > 0
"""

TEXTS = """
    select article_id, revision_id || body_sha256 as version, source_id, site, language,
        published_on::varchar as published_on, coalesce(title, '') as title, body
    from revisions
    join articles using (article_id)
    where is_latest and article_id in (select article_id from stale)
    order by articles.first_seen_at, article_id
"""


def update_index(con: duckdb.DuckDBPyConnection, place: Place) -> int:
    """Index what is new or reworded and forget what is gone; return how many articles were touched.

    Nothing is read while the tables stand at the snapshot that was indexed last. Two at once wait for each
    other; a killed one leaves the index as it was.
    """
    snapshot = _snapshot(con)
    with open_index(place) as db:
        if db.execute("select snapshot_id from state").fetchone() == (snapshot,):
            return 0
        db.execute("begin immediate")
        count = _apply(con, db)
        db.execute("delete from state")
        db.execute("insert into state values (?)", [snapshot])
        db.execute("commit")
    return count


def count_behind(con: duckdb.DuckDBPyConnection, db: sqlite3.Connection) -> int:
    """Return how many articles are not in an index as they are in the tables."""
    if db.execute("select snapshot_id from state").fetchone() == (_snapshot(con),):
        return 0
    return len(_find_stale(con, db.execute("select article_id, version from entries").fetchall()))


def _snapshot(con: duckdb.DuckDBPyConnection) -> int:
    return int(con.execute(f"select max(snapshot_id) from ducklake_snapshots('{CATALOG}')").fetchall()[0][0])


def _apply(con: duckdb.DuckDBPyConnection, db: sqlite3.Connection) -> int:
    known = db.execute("select article_id, version from entries").fetchall()
    stale = _find_stale(con, known)
    _remove(db, stale if known else [])
    for batch in con.execute(TEXTS).to_arrow_reader(BATCH_ROWS):
        _add(db, batch.to_pylist())
    return len(stale)


def _find_stale(con: duckdb.DuckDBPyConnection, known: list[tuple[str, str]]) -> list[tuple[str]]:
    """Leave the articles whose entry is missing, old or needless in the table `stale`; return them."""
    columns = list(zip(*known, strict=True)) if known else [(), ()]
    with register_tables(con, known=pa.table(columns, schema=KNOWN)):
        con.execute(f"""
            create or replace temp table stale as
            with wanted as ({WANTED})
            select coalesce(wanted.article_id, known.article_id) as article_id, wanted.article_id is null as is_gone
            from wanted full join known using (article_id)
            where wanted.version is distinct from known.version
        """)
    return con.execute("select article_id from stale").fetchall()


def _remove(db: sqlite3.Connection, article_ids: list[tuple[str]]) -> None:
    one = "(select entry_id from entries where article_id = ?)"
    db.executemany(f"delete from texts where rowid = {one}", article_ids)
    db.executemany("delete from entries where article_id = ?", article_ids)


def _add(db: sqlite3.Connection, rows: list[dict[str, str]]) -> None:
    first = db.execute("select coalesce(max(entry_id), 0) + 1 from entries").fetchone()[0]
    names = ("article_id", "version", "source_id", "site", "language", "published_on")
    db.executemany(
        f"insert into entries (entry_id, {', '.join(names)}) values (?, ?, ?, ?, ?, ?, ?)",
        ((first + n, *(row[name] for name in names)) for n, row in enumerate(rows)),
    )
    db.executemany(
        "insert into texts (rowid, title, body) values (?, ?, ?)",
        ((first + n, row["title"], row["body"]) for n, row in enumerate(rows)),
    )
